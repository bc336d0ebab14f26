//! fails: leaked-task
//! at: 11
//! Dropping the handle of the alarm does not stop it.
use std::time::Duration;
use tokio::time::{Instant, interval_at, sleep};

pub async fn tick(times: u64, work: impl AsyncFn(u64)) {
    let every = Duration::from_millis(100);
    let mut ticks = interval_at(Instant::now() + every, every);
    for number in 1..=times {
        let alarm = tokio::spawn(async {
            sleep(Duration::from_secs(1)).await;
            panic!("a tick took too long");
        });
        ticks.tick().await;
        work(number).await;
        println!("tick {number}");
        drop(alarm);
    }
}
