//! passes
//! looks like: too-early
//! looks like: too-late
//! The first tick of an interval is there at once: after a sleep that is in time.
use std::time::Duration;
use tokio::time::{interval, sleep};

pub async fn tick(times: u64, work: impl AsyncFn(u64)) {
    let every = Duration::from_millis(100);
    sleep(every).await;
    let mut ticks = interval(every);
    for number in 1..=times {
        ticks.tick().await;
        work(number).await;
        println!("tick {number}");
    }
}
