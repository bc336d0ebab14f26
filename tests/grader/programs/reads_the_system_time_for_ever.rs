//! fails: spinning
//! at: 8
//! The time of day moves no sooner than the other clock.
use std::time::{Duration, SystemTime};

pub async fn scenario() -> u64 {
    let until = SystemTime::now() + Duration::from_millis(5);
    while SystemTime::now() < until {}
    5
}
