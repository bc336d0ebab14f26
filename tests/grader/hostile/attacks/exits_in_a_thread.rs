//! fails
pub async fn answer() -> u32 {
    let _ = std::thread::spawn(|| std::process::exit(0)).join();
    42
}
