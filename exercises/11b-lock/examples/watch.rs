//! Watch three tasks take turns, in real time: `cargo run --example watch`.

use std::time::Duration;

use shared_value::Shared;
use tokio::time::{Instant, sleep};

#[tokio::main]
async fn main() {
    let began = Instant::now();
    let shared = Shared::new(0);
    let worker = |name| {
        shared.update(name, async |value| {
            sleep(Duration::from_secs(1)).await;
            value + 1
        })
    };
    tokio::join!(worker("A"), worker("B"), worker("C"));
    println!("{:?}", shared.last());
    println!("three took {} ms", began.elapsed().as_millis());
}
