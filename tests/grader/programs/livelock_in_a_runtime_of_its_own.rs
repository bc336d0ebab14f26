//! fails: livelock
//! at: 7
//! Whoever's runtime it is, the clock stands still.
#[tokio::main(flavor = "current_thread")]
pub async fn program() -> u64 {
    loop {
        tokio::task::yield_now().await;
    }
}
