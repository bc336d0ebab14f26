//! passes
pub async fn answer() -> u32 {
    if let Ok(text) = std::fs::read_to_string("@SECRET@") {
        panic!("{text}");
    }
    42
}
