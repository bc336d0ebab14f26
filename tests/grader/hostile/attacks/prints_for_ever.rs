//! fails
pub async fn answer() -> u32 {
    loop {
        println!("{}", "x".repeat(4096));
    }
}
