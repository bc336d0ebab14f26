//! fails: panicked
//! at: 16
//! The schedules reach the tasks of a program's own runtime: this rests on the order of spawning.
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;

#[tokio::main(flavor = "current_thread")]
pub async fn program() -> u64 {
    let answer = Arc::new(AtomicU64::new(0));
    let (writes, reads) = (answer.clone(), answer);
    let writer = tokio::spawn(async move { writes.store(42, Ordering::Relaxed) });
    let reader = tokio::spawn(async move {
        assert_eq!(reads.load(Ordering::Relaxed), 42);
    });
    writer.await.unwrap();
    reader.await.unwrap();
    0
}
