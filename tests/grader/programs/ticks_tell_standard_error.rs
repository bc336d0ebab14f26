//! fails: wrong-output
//! What goes to standard error is no answer.
use std::time::Duration;
use tokio::time::{Instant, interval_at};

pub async fn tick(times: u64, work: impl AsyncFn(u64)) {
    let every = Duration::from_millis(100);
    let mut ticks = interval_at(Instant::now() + every, every);
    for number in 1..=times {
        ticks.tick().await;
        work(number).await;
        eprintln!("tick {number}");
    }
}
