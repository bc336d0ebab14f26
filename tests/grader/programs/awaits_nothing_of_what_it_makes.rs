//! passes
//! advice: never-awaited
//! at: 8
//! Three futures of one line, kept until the end and dropped.
pub async fn scenario() -> u64 {
    let mut kept = Vec::new();
    for name in ["a", "b", "c"] {
        kept.push(tokio::fs::create_dir(name));
    }
    assert!(!tokio::fs::try_exists("a").await.unwrap());
    drop(kept);
    0
}
