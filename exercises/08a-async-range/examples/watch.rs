//! Watch your range count, in real time: `cargo run --example watch`.

use std::time::Duration;

use async_range::AsyncRange;
use futures::stream::StreamExt;
use tokio::time::{Instant, sleep};

#[tokio::main]
async fn main() {
    let range = AsyncRange::new(0, 5);
    for rest in [0, 200] {
        println!("a caller that rests {rest} ms after each number:");
        let began = Instant::now();
        let mut numbers = range.iter();
        while let Some(number) = numbers.next().await {
            println!("{:>6} ms  {number}", began.elapsed().as_millis());
            sleep(Duration::from_millis(rest)).await;
        }
        println!("{:>6} ms  the end\n", began.elapsed().as_millis());
    }
}
