//! fails
pub async fn answer() -> u32 {
    loop {
        std::hint::spin_loop();
    }
}
