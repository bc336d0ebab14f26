//! passes
pub async fn answer() -> u32 {
    let memory = std::fs::File::options().write(true).open("/proc/self/mem");
    assert!(memory.is_err(), "it can be opened");
    42
}
