//! Watch a deadline over several steps, in real time: `cargo run --example watch`.

use std::time::Duration;

use timeout_scope::{Deadline, or_else, steps};
use tokio::time::sleep;

fn millis(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

async fn server(name: &str, ms: u64) -> String {
    println!("    asking {name}, which takes {ms} ms");
    sleep(millis(ms)).await;
    format!("{name} has answered")
}

#[tokio::main]
async fn main() {
    let page = Deadline::after("page", millis(1000));
    let result = steps(&page, 5, async |n, left| {
        println!("step {n}, with {} ms left", left.as_millis());
        sleep(millis(300)).await;
        n
    })
    .await;
    println!("{result:?}");

    for limit_ms in [1000, 500] {
        let page = Deadline::after("page", millis(limit_ms));
        let (near, far) = (server("near", 700), server("far", 200));
        println!("{:?}", or_else(&page, millis(600), near, far).await);
    }
}
