//! passes
//! looks like: spinning
//! Somebody who measures much reads the clock often, and is done.
use std::time::{Duration, Instant};

pub async fn scenario() -> u64 {
    let times: Vec<_> = (0..10_000).map(|_| Instant::now()).collect();
    assert_eq!(times[9_999] - times[0], Duration::ZERO);
    0
}
