//! fails
pub async fn answer() -> u32 {
    let held = std::io::stdout().lock();
    let said = tokio::task::spawn_blocking(|| println!("never")).await;
    drop(held);
    said.map_or(41, |()| 42)
}
