//! passes
//! advice: blocked-executor
//! Short blocking sleeps add up, and tokio's timers stay on whole milliseconds.
use std::time::{Duration, Instant};
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let began = Instant::now();
    for _ in 0..10 {
        std::thread::sleep(Duration::from_micros(250));
    }
    assert_eq!(began.elapsed(), Duration::from_micros(2500));
    let tokio = tokio::time::Instant::now();
    sleep(Duration::from_millis(10)).await;
    assert_eq!(tokio.elapsed(), Duration::from_millis(10));
    12
}
