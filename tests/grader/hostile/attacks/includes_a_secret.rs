//! is rejected: `include_str` is refused
pub async fn answer() -> u32 {
    panic!("{}", include_str!("@SECRET@"));
}
