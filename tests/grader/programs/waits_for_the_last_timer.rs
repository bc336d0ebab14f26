//! passes
//! looks like: deadlock
//! looks like: never-finishes
//! Everybody waits for a task that a timer far away will wake.
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let (sender, answer) = oneshot::channel();
    tokio::spawn(async move {
        sleep(Duration::from_secs(100)).await;
        sender.send(100_000).unwrap();
    });
    answer.await.unwrap()
}
