//! passes
fn sum(n: u64) -> u64 {
    if n == 0 { 0 } else { n + sum(n - 1) }
}

pub async fn answer() -> u32 {
    assert_eq!(sum(5_000), 12_502_500);
    42
}
