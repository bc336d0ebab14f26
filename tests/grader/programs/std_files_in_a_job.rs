//! passes
//! looks like: blocked-executor
//! A blocking job may use std's files: that is what it is for.
pub async fn scenario() -> u64 {
    tokio::task::spawn_blocking(|| std::fs::write("note.txt", "x").unwrap()).await.unwrap();
    0
}
