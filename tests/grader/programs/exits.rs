//! fails: ended-early
//! at: 5
//! Leaving with code 0 is no pass.
pub async fn scenario() -> u64 {
    std::process::exit(0)
}
