//! is rejected: `extern` is refused
unsafe extern "C" {
    safe fn time(at: usize) -> i64;
}

pub async fn answer() -> u32 {

    42
}
