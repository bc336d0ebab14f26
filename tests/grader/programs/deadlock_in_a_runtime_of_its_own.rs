//! fails: deadlock
//! at: 7
//! Two tasks of a runtime that the program built wait for each other.
#[tokio::main]
pub async fn program() -> u64 {
    let (sender, receiver) = tokio::sync::oneshot::channel::<u64>();
    let task = tokio::spawn(async move { receiver.await.unwrap() });
    let value = task.await.unwrap();
    sender.send(value).unwrap();
    value
}
