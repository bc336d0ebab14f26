//! fails: ended-early
fn deeper(n: u64) -> u64 {
    std::hint::black_box(n) + deeper(n + 1)
}

pub async fn answer() -> u32 {
    std::hint::black_box(deeper(1));
    42
}
