//! fails: never-finishes
//! A loop that asks nothing of the system has the real time limit only.
pub async fn scenario() -> u64 {
    let mut n = 0_u64;
    loop {
        n = std::hint::black_box(n.wrapping_add(1));
    }
}
