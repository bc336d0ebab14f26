//! bug: an answer and a time limit both send through one oneshot, and the second finds the sender gone
//! finding: panicked

use std::sync::{Arc, Mutex};
use std::time::Duration;

use service::Service;
use tokio::sync::oneshot;

type Reply = Arc<Mutex<Option<oneshot::Sender<&'static str>>>>;

fn answer(reply: &Reply, answer: &'static str) {
    let sender = reply.lock().unwrap().take().unwrap();
    let _ = sender.send(answer);
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (sender, answered) = oneshot::channel();
    let reply: Reply = Arc::new(Mutex::new(Some(sender)));
    let late = reply.clone();
    let watchdog = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(13)).await;
        answer(&late, "too late");
    });
    let worker = tokio::spawn(async move {
        service.call("compute", 10).await;
        answer(&reply, "42");
    });
    answered.await?;
    watchdog.abort();
    worker.await.unwrap();
    Ok(())
}
