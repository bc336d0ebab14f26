//! passes
pub async fn answer() -> u32 {
    for path in [std::env::args().next().unwrap_or_default(), "/proc/self/exe".to_owned()] {
        if let Ok(bytes) = std::fs::read(&path) {
            panic!("{path} has {} bytes", bytes.len());
        }
    }
    42
}
