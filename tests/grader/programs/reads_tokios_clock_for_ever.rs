//! fails: spinning
//! at: 9
//! tokio's paused clock stands still in it, too.
use std::time::Duration;
use tokio::time::Instant;

pub async fn scenario() -> u64 {
    let began = Instant::now();
    while began.elapsed() < Duration::from_millis(5) {}
    5
}
