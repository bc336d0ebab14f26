//! undecided: nondeterministic
//! An address is no source of jitter: nobody sees the same run twice.
use std::time::Duration;
use tokio::time::{Instant, sleep};

pub async fn scenario() -> u64 {
    let jitter = std::ptr::from_ref(&0_u64).addr() + Box::new([0_u8; 64]).as_ptr().addr();
    let began = Instant::now();
    sleep(Duration::from_micros((jitter / 16 % 100_000) as u64)).await;
    began.elapsed().as_millis() as u64
}
