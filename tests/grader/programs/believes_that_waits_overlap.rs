//! fails: wrong-value
//! Two futures that are awaited in turn take the time of both.
use std::time::Duration;
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let (first, second) = (wait(), wait());
    first.await;
    second.await;
    10
}

async fn wait() {
    sleep(Duration::from_millis(10)).await;
}
