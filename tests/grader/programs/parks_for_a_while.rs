//! passes
//! advice: blocked-executor
//! at: 8
//! And so is parking.
use std::time::Duration;

pub async fn scenario() -> u64 {
    std::thread::park_timeout(Duration::from_millis(40));
    40
}
