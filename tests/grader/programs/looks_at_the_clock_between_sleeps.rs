//! passes
//! looks like: spinning
//! looks like: livelock
//! A loop around a clock that sleeps lets it move.
use std::time::{Duration, Instant};
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let began = Instant::now();
    while began.elapsed() < Duration::from_millis(500) {
        sleep(Duration::from_millis(1)).await;
    }
    500
}
