//! fails: ended-early
//! Calls that nest without end.
fn deeper(n: u64) -> u64 {
    std::hint::black_box(deeper(n + 1)) + deeper(n + 2)
}

pub async fn scenario() -> u64 {
    deeper(0)
}
