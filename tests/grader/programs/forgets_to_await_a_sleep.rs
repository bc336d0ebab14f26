//! fails: wrong-value
//! advice: never-awaited
//! at: 7
//! A sleep is tokio's own, and so is a function's future the student's: no drive sees that they are
//! dropped, but rustc warns.
pub async fn scenario() -> u64 {
    tokio::time::sleep(std::time::Duration::from_millis(30));
    30
}
