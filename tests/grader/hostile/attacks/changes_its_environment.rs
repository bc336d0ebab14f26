//! is rejected
pub async fn answer() -> u32 {
    std::env::set_var("LD_PRELOAD", "/tmp/x.so");
    42
}
