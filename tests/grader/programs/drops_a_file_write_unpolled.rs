//! passes
//! advice: never-awaited
//! at: 7
//! A future that is made and dropped does nothing; a second one, elsewhere, is awaited.
pub async fn scenario() -> u64 {
    tokio::fs::write("note.txt", "x").await.unwrap();
    let _ = tokio::fs::write("note.txt", "y");
    assert_eq!(std::str::from_utf8(&tokio::fs::read("note.txt").await.unwrap()), Ok("x"));
    2
}
