//! fails: spinning
//! at: 8
//! Waits for a std clock, which moves only while tasks wait.
use std::time::{Duration, Instant};

pub async fn scenario() -> u64 {
    let began = Instant::now();
    while began.elapsed() < Duration::from_millis(5) {}
    5
}
