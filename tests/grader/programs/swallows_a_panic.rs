//! passes
//! advice: swallowed-panic
//! at: 7
//! says: a spawned task panicked after 0 ms, and nobody looked: nobody hears
//! A task panics after its handle was dropped.
pub async fn scenario() -> u64 {
    tokio::spawn(async { panic!("nobody {}", "hears") });
    tokio::task::yield_now().await;
    0
}
