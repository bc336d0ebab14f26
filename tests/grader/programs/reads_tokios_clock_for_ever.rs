//! fails: never-finishes
//! looks like: spinning
//! tokio's paused clock is no system's: reading it cannot be seen, and real time ends it.
use std::time::Duration;
use tokio::time::Instant;

pub async fn scenario() -> u64 {
    let began = Instant::now();
    while began.elapsed() < Duration::from_millis(5) {}
    5
}
