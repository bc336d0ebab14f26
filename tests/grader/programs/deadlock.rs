//! fails: deadlock
//! at: 7
//! Two tasks wait for each other.
pub async fn scenario() -> u64 {
    let (sender, receiver) = tokio::sync::oneshot::channel::<u64>();
    let task = tokio::spawn(async move { receiver.await.unwrap() });
    let value = task.await.unwrap();
    sender.send(value).unwrap();
    value
}
