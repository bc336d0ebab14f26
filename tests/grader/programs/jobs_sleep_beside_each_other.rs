//! passes
//! looks like: real-clock
//! looks like: blocked-executor
//! Blocking jobs overlap, and none of them holds the runtime's thread.
use std::time::Duration;
use tokio::task::spawn_blocking;

pub async fn scenario() -> u64 {
    let jobs: Vec<_> = (1..=4)
        .map(|n| spawn_blocking(move || std::thread::sleep(Duration::from_millis(100 * n))))
        .collect();
    for job in jobs {
        job.await.unwrap();
    }
    400
}
