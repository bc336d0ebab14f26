//! is rejected

pub async fn answer() -> u32 {
    tokio::time::pause();
    42
}
