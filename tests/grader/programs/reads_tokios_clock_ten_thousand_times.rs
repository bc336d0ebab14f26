//! passes
//! looks like: spinning
//! Somebody who measures much reads the clock often, and is done.
use std::time::Duration;
use tokio::time::Instant;

pub async fn scenario() -> u64 {
    let began = Instant::now();
    let times: Vec<_> = (0..10_000).map(|_| began.elapsed()).collect();
    assert_eq!(times[9_999], Duration::ZERO);
    0
}
