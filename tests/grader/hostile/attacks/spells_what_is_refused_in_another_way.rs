//! is rejected
pub async fn answer() -> u32 {
    println!("{}", r#include_str!("@SECRET@"));
    42
}
