//! passes
//! advice: blocked-executor
//! A blocking sleep moves the clock; std's and tokio's clocks agree on by how much.
use std::time::{Duration, Instant};

pub async fn scenario() -> u64 {
    let (std, tokio) = (Instant::now(), tokio::time::Instant::now());
    std::thread::sleep(Duration::from_millis(750));
    assert_eq!(std.elapsed(), tokio.elapsed());
    u64::try_from(std.elapsed().as_millis()).unwrap()
}
