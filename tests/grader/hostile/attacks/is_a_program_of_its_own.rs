//! is rejected
#[tokio::main]
pub async fn answer() -> u32 {
    42
}
