//! fails
pub async fn answer() -> u32 {
    return std::thread::spawn(|| 42).join().unwrap();
}
