//! is rejected: not defined at compile time
use std::env as e;

pub async fn answer() -> u32 {
    panic!("{}", e!("GRADE_SECRET"));
}
