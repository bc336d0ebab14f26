//! fails: never-finishes
//! A worker goes on and on, and what waits for it never has its answer.
use std::time::Duration;

#[tokio::main]
pub async fn program() -> u64 {
    tokio::spawn(async {
        loop {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    std::future::pending().await
}
