//! fails: ended-early
//! at: 5
//! Nor aborting.
pub async fn scenario() -> u64 {
    std::process::abort()
}
