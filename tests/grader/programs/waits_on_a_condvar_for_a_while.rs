//! passes
//! advice: blocked-executor
//! at: 12
//! So is a condition variable's.
use std::sync::{Condvar, Mutex};
use std::time::Duration;

pub async fn scenario() -> u64 {
    let (ready, changed) = (Mutex::new(false), Condvar::new());
    let held = ready.lock().unwrap();
    let limit = Duration::from_millis(40);
    let (held, waited) = changed.wait_timeout(held, limit).unwrap();
    assert!(waited.timed_out() && !*held);
    40
}
