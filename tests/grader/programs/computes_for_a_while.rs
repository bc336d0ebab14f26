//! passes
//! looks like: never-finishes
//! looks like: spinning
//! Work without an await holds up the others, and ends.
pub async fn scenario() -> u64 {
    let mut n = 1_u64;
    for round in 0..20_000_000_u64 {
        n = std::hint::black_box(n ^ round);
    }
    std::hint::black_box(n);
    0
}
