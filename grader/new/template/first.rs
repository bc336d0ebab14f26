//! A few first tests. The grader has more.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use {CRATE}::both;

async fn job(takes_ms: u64, answer: u32) -> u32 {
    sleep(Duration::from_millis(takes_ms)).await;
    answer
}

#[tokio::test(start_paused = true)]
async fn two_jobs_of_two_seconds_take_two_seconds() {
    let began = Instant::now();
    assert_eq!(both(job(2000, 1), job(2000, 2)).await, (1, 2));
    assert_eq!(began.elapsed(), Duration::from_secs(2));
}
