//! passes
pub async fn answer() -> u32 {
    for _ in 0..1024 {
        println!("{}", "x".repeat(1023));
    }
    42
}
