//! fails: spinning
//! at: 8
//! says: a clock was read 1 000 000 times in one poll
//! The clock is read in a call, and the loop is elsewhere: the line is the innermost.
use tokio::time::{Duration, Instant};

fn is_over(at: Instant) -> bool {
    Instant::now() >= at
}

pub async fn scenario() -> u64 {
    let at = Instant::now() + Duration::from_millis(5);
    while !is_over(at) {}
    5
}
