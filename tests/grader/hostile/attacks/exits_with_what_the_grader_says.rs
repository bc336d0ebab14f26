//! fails: ended-early
pub async fn answer() -> u32 {
    std::process::exit(70);
}
