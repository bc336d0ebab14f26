//! Watch futures being awaited, in real time: `cargo run --example watch`.

use std::time::Duration;

use await_basics::{answer, fetch_data, promise, refresh, show};
use tokio::time::{Instant, sleep};

async fn get(key: &str) -> u32 {
    sleep(Duration::from_millis(400)).await;
    key.chars().map(u32::from).sum()
}

#[tokio::main]
async fn main() {
    let future = fetch_data("cats", get);
    println!("called, and nothing happens");
    sleep(Duration::from_millis(400)).await;
    println!("got {}\n", future.await);

    show(&["cats", "dogs"], get).await;

    let put = async |value| println!("put {value}");
    println!("\nrefreshed: {}", refresh("fish", 1, get, put).await);

    let began = Instant::now();
    let kept = promise(7, Duration::from_millis(600));
    sleep(Duration::from_millis(500)).await;
    println!(
        "\n{:?} after {} ms",
        answer(kept).await,
        began.elapsed().as_millis()
    );
}
