//! passes
//! looks like: real-clock
//! looks like: spinning
//! The time of day may be read and printed.
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let began = SystemTime::now();
    sleep(Duration::from_millis(5)).await;
    println!("{:?} since the epoch", UNIX_EPOCH.elapsed().unwrap());
    u64::try_from(began.elapsed().unwrap().as_millis()).unwrap()
}
