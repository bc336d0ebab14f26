//! Watch your limiter work, in real time: `cargo run --example watch`.

use std::sync::Arc;
use std::time::Duration;

use rate_limiter::{RateLimiter, rate_limited};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

const LIMIT: u32 = 4;
const WINDOW: Duration = Duration::from_millis(400);

#[tokio::main]
async fn main() {
    println!("at most {LIMIT} callers in any {} ms", WINDOW.as_millis());
    let limiter = Arc::new(RateLimiter::new(LIMIT, WINDOW));

    println!("\nten callers at once:");
    let start = Instant::now();
    let mut callers = JoinSet::new();
    for n in 0..10 {
        let limiter = Arc::clone(&limiter);
        callers.spawn(async move {
            limiter.acquire().await;
            say(start, &format!("caller {n} is in"));
        });
    }
    while let Some(caller) = callers.join_next().await {
        caller.expect("no caller panics");
    }

    println!("\nafter a rest of three windows, one try every 30 ms:");
    sleep(3 * WINDOW).await;
    let start = Instant::now();
    for _ in 0..16 {
        let answer = if limiter.try_acquire() { "in" } else { "-" };
        say(start, answer);
        sleep(Duration::from_millis(30)).await;
    }

    println!("\nsix jobs, the first one the slowest:");
    sleep(3 * WINDOW).await;
    let start = Instant::now();
    let jobs = (0..6u64)
        .map(|n| async move {
            say(start, &format!("job {n} starts"));
            sleep(Duration::from_millis(900 - 140 * n)).await;
            say(start, &format!("job {n} is done"));
            n
        })
        .collect();
    let results = rate_limited(&limiter, jobs).await;
    say(start, &format!("results {results:?}"));
}

fn say(start: Instant, what: &str) {
    println!("{:>6} ms  {what}", start.elapsed().as_millis());
}
