//! fails
pub async fn answer() -> u32 {
    loop {
        std::thread::sleep(std::time::Duration::from_secs(3600));
    }
}
