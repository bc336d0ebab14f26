//! fails: never-finishes
//! at: 9
//! says: it came back here
//! A loop that asks nothing of the system has the real time limit; its steps are counted to find it.
pub async fn scenario() -> u64 {
    let mut n = 0_u64;
    loop {
        // Whatever is called.
        n = std::hint::black_box(n.wrapping_add(1));
    }
}
