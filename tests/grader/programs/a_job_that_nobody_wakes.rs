//! fails: deadlock
//! at: 6
//! A blocking job waits for what only its caller could send.
pub async fn scenario() -> u64 {
    let (sender, receiver) = std::sync::mpsc::channel::<u64>();
    let job = tokio::task::spawn_blocking(move || receiver.recv().unwrap());
    let value = job.await.unwrap();
    drop(sender);
    value
}
