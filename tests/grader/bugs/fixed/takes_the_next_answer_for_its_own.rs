//! fixed: each question carries the way back

use anyhow::ensure;
use service::Service;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (questions, mut asked) = mpsc::channel::<(u32, oneshot::Sender<u32>)>(8);
    let server = tokio::spawn(async move {
        while let Some((question, sender)) = asked.recv().await {
            let _ = sender.send(question * 10);
        }
    });
    let mut clients = JoinSet::new();
    for n in 1..=3 {
        let (questions, service) = (questions.clone(), service.clone());
        clients.spawn(async move {
            let (sender, answer) = oneshot::channel();
            questions.send((n, sender)).await.unwrap();
            service.call("write to the log", 4).await;
            (n, answer.await.unwrap())
        });
    }
    drop(questions);
    for (n, answer) in clients.join_all().await {
        ensure!(answer == n * 10, "{n} was told {answer}");
    }
    server.await?;
    Ok(())
}
