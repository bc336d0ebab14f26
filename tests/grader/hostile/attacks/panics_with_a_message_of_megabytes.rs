//! fails: panicked
pub async fn answer() -> u32 {
    panic!("{}", "x".repeat(256 << 20));
}
