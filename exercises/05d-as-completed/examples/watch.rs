//! Watch results come, in real time: `cargo run --example watch`.

use std::time::Duration;

use as_completed::{fastest, print_all};
use tokio::time::{Instant, sleep};

async fn fetch(url: &'static str, ms: u64) -> String {
    sleep(Duration::from_millis(ms)).await;
    format!("{url} data after {ms} ms")
}

#[tokio::main]
async fn main() {
    let fetches = || vec![fetch("url1", 900), fetch("url2", 300), fetch("url3", 600)];
    print_all(fetches()).await;

    let began = Instant::now();
    let first = fastest(fetches(), 1).await;
    println!(
        "the fastest: {first:?}, known after {} ms",
        began.elapsed().as_millis()
    );
}
