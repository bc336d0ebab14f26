//! passes
//! tokio's file calls take the disk's time: 1 ms to open, twice.
pub async fn scenario() -> u64 {
    tokio::fs::write("note.txt", "x").await.unwrap();
    assert_eq!(tokio::fs::read("note.txt").await.unwrap(), b"x");
    2
}
