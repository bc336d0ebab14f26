//! Watch your streams, in real time: `cargo run --example watch`.

use std::pin::pin;
use std::time::Duration;

use async_generator::{async_range, through, until};
use futures::stream::StreamExt;
use tokio::time::{Instant, sleep};

#[tokio::main]
async fn main() {
    let began = Instant::now();
    let say = |what: String| println!("{:>6} ms  {what}", began.elapsed().as_millis());

    let squares = through(async_range(0, 1000), async |number| {
        say(format!("         {number} is squared"));
        sleep(Duration::from_millis(200)).await;
        number * number
    });
    let small = until(squares, |square| square > 20);
    let mut small = pin!(small);
    while let Some(square) = small.next().await {
        say(square.to_string());
    }
    say("the end".to_owned());
}
