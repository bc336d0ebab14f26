//! fails: blocked-executor
//! at: 15
//! The sender is a task of the thread that the receiver holds.
use std::sync::mpsc;
use std::time::Duration;
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let (sender, receiver) = mpsc::channel();
    tokio::spawn(async move {
        sleep(Duration::from_millis(10)).await;
        sender.send(10).unwrap();
    });
    tokio::task::yield_now().await;
    receiver.recv().unwrap()
}
