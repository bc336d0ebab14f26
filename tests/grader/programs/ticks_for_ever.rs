//! fails: never-finishes
//! Something ticks, but the answer never comes.
use std::time::Duration;

pub async fn scenario() -> u64 {
    tokio::spawn(async {
        loop {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    std::future::pending().await
}
