//! fails: too-early
//! A sleep that is dropped unfinished is no wait.
use std::time::Duration;
use tokio::time::{sleep, timeout};

pub async fn tick(times: u64, work: impl AsyncFn(u64)) {
    for number in 1..=times {
        let _ = timeout(Duration::from_millis(10), sleep(Duration::from_millis(100))).await;
        work(number).await;
        println!("tick {number}");
    }
}
