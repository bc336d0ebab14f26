//! is rejected: `env` is refused
pub async fn answer() -> u32 {
    panic!("{}", env!("GRADE_SECRET"));
}
