//! passes
//! looks like: livelock
//! A computation that lets others have their turn comes to an end.
pub async fn scenario() -> u64 {
    for _ in 0..10_000 {
        tokio::task::yield_now().await;
    }
    0
}
