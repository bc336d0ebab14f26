//! fails: too-early
//! The work is done first, and then it is waited.
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

pub async fn tick(times: u64, work: impl AsyncFn(u64)) {
    let began = Instant::now();
    for number in 1..=times {
        work(number).await;
        println!("tick {number}");
        sleep_until(began + Duration::from_millis(100 * number)).await;
    }
}
