//! fails: livelock
//! at: 6
//! `yield_now` in a loop never lets the clock move.
pub async fn scenario() -> u64 {
    loop {
        tokio::task::yield_now().await;
    }
}
