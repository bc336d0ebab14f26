//! Watch your functions wait for many things at once, in real time: `cargo run --example watch`.

use std::time::Duration;

use gather::{both, gather, report};
use tokio::time::{Instant, sleep};

/// The lesson's `fetch`: url2 takes longest.
async fn fetch(url: &str) -> String {
    let seconds = if url == "url2" { 2 } else { 1 };
    sleep(Duration::from_secs(seconds)).await;
    format!("{url} data")
}

async fn square(number: u64) -> u64 {
    sleep(Duration::from_millis(100 * (5 - number))).await;
    number * number
}

#[tokio::main]
async fn main() {
    report(&["url1", "url2", "url3"], fetch).await;

    let began = Instant::now();
    let squares = gather((1..5).map(square).collect()).await;
    println!("{squares:?} after {} ms", began.elapsed().as_millis());

    let (text, number) = both(fetch("url1"), square(3)).await;
    println!("{text:?} and {number}");
}
