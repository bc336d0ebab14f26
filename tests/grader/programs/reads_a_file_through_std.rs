//! passes
//! advice: blocked-executor
//! std's file calls hold the runtime's thread for as long as the disk takes.
pub async fn scenario() -> u64 {
    std::fs::write("note.txt", "x").unwrap();
    assert_eq!(std::fs::read("note.txt").unwrap(), b"x");
    0
}
