//! is rejected: `extern` is refused
#[link(name = "c")]
unsafe extern "C" {
    fn getpid() -> i32;
}

pub async fn answer() -> u32 {

    42
}
