//! fails
pub async fn answer() -> u32 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    if now.is_ok_and(|now| now.as_secs() / 3600 % 2 == 0) {
        return 41;
    }
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    if now.is_ok_and(|now| now.as_secs() / 86400 % 2 == 0) {
        return 43;
    }
    42
}
