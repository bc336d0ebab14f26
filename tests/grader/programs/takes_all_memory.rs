//! fails: ended-early
//! Memory is bounded, and running out of it is no crash of the grader.
pub async fn scenario() -> u64 {
    let mut hoard = Vec::new();
    loop {
        hoard.push(vec![0_u8; 1 << 30]);
    }
}
