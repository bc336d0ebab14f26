//! fails: wrong-value
//! advice: never-awaited
//! at: 9
//! `shutdown` is never polled; rustc says so of the line, the drive says the same, and it is told
//! once.
pub async fn scenario() -> u64 {
    let mut set = tokio::task::JoinSet::new();
    set.spawn(tokio::time::sleep(std::time::Duration::from_millis(30)));
    set.shutdown();
    set.join_next().await;
    0
}
