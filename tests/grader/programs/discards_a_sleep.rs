//! fails: wrong-value
//! advice: never-awaited
//! at: 7
//! A sleep is tokio's own, and `let _ =` silences rustc: the line is compiled without.
pub async fn scenario() -> u64 {
    // It does not wait.
    let _ = tokio::time::sleep(std::time::Duration::from_millis(30));
    30
}
