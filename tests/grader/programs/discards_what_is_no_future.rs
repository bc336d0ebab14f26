//! fails: wrong-value
//! looks like: never-awaited
//! What is discarded was done: a send, a handle of a task, an answer that was awaited.
use tokio::sync::mpsc;
use tokio::time::{Duration, sleep};

pub async fn scenario() -> u64 {
    let (sender, mut receiver) = mpsc::channel(1);
    let _ = sender.try_send(1);
    let _ = receiver.recv().await;
    let _ = tokio::spawn(sleep(Duration::from_millis(5)));
    let _guard = sender.reserve();
    31
}
