//! Watch ten tasks go three at a time, in real time: `cargo run --example watch`.

use std::time::Duration;

use limited_calls::run_all;
use tokio::time::{Instant, sleep};

#[tokio::main]
async fn main() {
    let began = Instant::now();
    let call = async |n| {
        sleep(Duration::from_secs(1)).await;
        Ok(format!("answer {n}"))
    };
    let answers = run_all(10, 3, call).await;
    println!("{answers:?}");
    println!("ten took {} ms", began.elapsed().as_millis());
}
