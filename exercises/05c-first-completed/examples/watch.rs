//! Watch jobs that are waited for one by one, in real time: `cargo run --example watch`.

use std::time::Duration;

use first_completed::{When, first, wait};
use tokio::time::{Instant, sleep};

/// Job 2 fails; the others give their number.
async fn job(number: u32, ms: u64) -> Result<u32, String> {
    sleep(Duration::from_millis(ms)).await;
    if number == 2 {
        return Err("Error!".to_owned());
    }
    Ok(number)
}

#[tokio::main]
async fn main() {
    let jobs = || vec![job(1, 600), job(2, 200), job(3, 900), job(4, 400)];
    let began = Instant::now();

    let (done, mut pending) = wait(jobs(), When::FirstException).await;
    println!("{:4} ms: {done:?}", began.elapsed().as_millis());
    while !pending.places().is_empty() {
        let (done, left) = pending.wait(When::FirstCompleted).await;
        println!("{:4} ms: {done:?}", began.elapsed().as_millis());
        pending = left;
    }

    first(jobs()).await;
}
