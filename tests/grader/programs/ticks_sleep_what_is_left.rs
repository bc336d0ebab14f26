//! passes
//! looks like: too-late
//! looks like: too-early
//! A sleep in a loop keeps the time when it takes the work into account.
use std::time::Duration;
use tokio::time::{Instant, sleep};

pub async fn tick(times: u64, work: impl AsyncFn(u64)) {
    let mut last = Instant::now();
    for number in 1..=times {
        sleep(Duration::from_millis(100) - last.elapsed()).await;
        last = Instant::now();
        work(number).await;
        println!("tick {number}");
    }
}
