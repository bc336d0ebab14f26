//! passes
//! looks like: wrong-value
//! Nothing is awaited between reading and writing.
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::sleep;

static WAITED: AtomicU64 = AtomicU64::new(0);

async fn wait(line: &Semaphore) {
    let _turn = line.acquire().await.unwrap();
    sleep(Duration::from_millis(10)).await;
    let before = WAITED.load(Ordering::Relaxed);
    WAITED.store(before + 10, Ordering::Relaxed);
}

pub async fn scenario() -> u64 {
    let line = Semaphore::new(1);
    tokio::join!(wait(&line), wait(&line));
    WAITED.load(Ordering::Relaxed)
}
