//! Watch what a failure does to the others, in real time: `cargo run --example watch`.

use std::time::Duration;

use gather_outcomes::{or_cancel, or_run_on, summary};
use tokio::time::{Instant, sleep};

/// Job 2 fails after 200 ms; the others take longer, and succeed.
async fn might_fail(number: u32) -> Result<u32, String> {
    if number == 2 {
        sleep(Duration::from_millis(200)).await;
        return Err("Error!".to_owned());
    }
    sleep(Duration::from_millis(400)).await;
    println!("        job {number} is done");
    Ok(number)
}

#[tokio::main]
async fn main() {
    let jobs = || (1..=3).map(might_fail).collect::<Vec<_>>();

    println!("summary:");
    summary(jobs()).await;

    for (what, cancels) in [("or_run_on", false), ("or_cancel", true)] {
        println!("\n{what}:");
        let began = Instant::now();
        let result = if cancels {
            or_cancel(jobs()).await
        } else {
            or_run_on(jobs()).await
        };
        println!("{result:?} after {} ms", began.elapsed().as_millis());
        sleep(Duration::from_millis(500)).await;
    }
}
