//! passes
//! looks like: wrong-value
//! Tasks that are awaited in turn have run side by side.
use std::time::Duration;
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let (first, second) = (tokio::spawn(wait()), tokio::spawn(wait()));
    first.await.unwrap();
    second.await.unwrap();
    10
}

async fn wait() {
    sleep(Duration::from_millis(10)).await;
}
