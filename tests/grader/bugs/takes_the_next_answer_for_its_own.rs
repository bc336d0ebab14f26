//! bug: two ask through one connection, and each takes the next answer for its own
//! finding: wrong-value

use anyhow::ensure;
use service::Service;
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (questions, mut asked) = mpsc::channel(8);
    let (sender, answers) = mpsc::channel(8);
    let answers = Arc::new(Mutex::new(answers));
    let server = tokio::spawn(async move {
        while let Some(question) = asked.recv().await {
            let _ = sender.send(question * 10).await;
        }
    });
    let mut clients = JoinSet::new();
    for n in 1..=3 {
        let (questions, service) = (questions.clone(), service.clone());
        let answers = answers.clone();
        clients.spawn(async move {
            questions.send(n).await.unwrap();
            service.call("write to the log", 4).await;
            (n, answers.lock().await.recv().await.unwrap())
        });
    }
    drop(questions);
    for (n, answer) in clients.join_all().await {
        ensure!(answer == n * 10, "{n} was told {answer}");
    }
    server.await?;
    Ok(())
}
