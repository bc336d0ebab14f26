//! passes
//! advice: blocked-executor
//! A timer that falls due while the thread is held fires when it is free again.
//! schedules: plain
use std::time::Duration;
use tokio::time::{Instant, sleep};

pub async fn scenario() -> u64 {
    let began = Instant::now();
    let due = tokio::spawn(async move {
        sleep(Duration::from_millis(100)).await;
        began.elapsed()
    });
    tokio::task::yield_now().await;
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(due.await.unwrap(), Duration::from_millis(300));
    300
}
