//! passes
//! looks like: spinning
//! looks like: livelock
//! A loop around a clock that sleeps lets it move.
use tokio::time::{Duration, Instant, sleep};

pub async fn scenario() -> u64 {
    let at = Instant::now() + Duration::from_millis(500);
    while Instant::now() < at {
        sleep(Duration::from_millis(1)).await;
    }
    500
}
