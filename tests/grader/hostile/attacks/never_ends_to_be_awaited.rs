//! fails: never-finishes
fn deeper(left: u64) -> std::pin::Pin<Box<dyn Future<Output = u64> + Send>> {
    Box::pin(async move {
        tokio::task::yield_now().await;
        tokio::spawn(deeper(left + 1)).await.unwrap()
    })
}

pub async fn answer() -> u32 {
    deeper(0).await as u32
}
