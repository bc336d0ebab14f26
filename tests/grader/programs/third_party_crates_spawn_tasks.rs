//! passes
//! `tokio_util` spawns on real tokio, and its tasks run on the same clock.
use std::time::Duration;
use tokio::time::sleep;
use tokio_util::task::TaskTracker;

pub async fn scenario() -> u64 {
    let tracker = TaskTracker::new();
    let task = tracker.spawn(async {
        sleep(Duration::from_millis(5)).await;
        4
    });
    tracker.close();
    tracker.wait().await;
    assert_eq!(task.await.unwrap(), 4);
    5
}
