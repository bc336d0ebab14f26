//! fails: deadlock
pub async fn answer() -> u32 {
    let (sender, receiver) = tokio::sync::oneshot::channel::<tokio::task::JoinHandle<()>>();
    let task = tokio::spawn(async { receiver.await.unwrap().await.unwrap() });
    let _ = sender.send(task);
    std::future::pending().await
}
