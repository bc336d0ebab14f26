//! passes
pub async fn answer() -> u32 {
    std::mem::forget(std::io::stdout().lock());
    std::mem::forget(std::io::stderr().lock());
    println!("still there");
    42
}
