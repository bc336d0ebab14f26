//! Watch four tasks end in four ways: `cargo run --example watch`.

use std::time::Duration;

use many_errors::{report, start_all};
use tokio::time::sleep;

/// A job that takes a while and ends as its number says.
async fn job(number: u32) -> Result<u32, String> {
    sleep(Duration::from_millis(300 * u64::from(number))).await;
    match number {
        1 => Ok(42),
        2 => Err("no such page".to_owned()),
        3 => panic!("out of luck"),
        _ => Ok(0),
    }
}

#[tokio::main]
async fn main() {
    let names = ["cats", "dogs", "birds", "fish"].map(str::to_owned);
    let tasks = start_all((1..=4).map(job).collect());
    tasks[3].abort();
    let successes = report(&names, tasks).await;
    println!("{successes} of {} succeeded", names.len());
}
