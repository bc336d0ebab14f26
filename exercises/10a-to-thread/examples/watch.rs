//! Watch blocking jobs go on beside a heartbeat, in real time: `cargo run --example watch`.

use std::thread;
use std::time::Duration;

use to_thread::{Pool, to_thread};
use tokio::time::{Instant, interval};

fn blocking_io() -> u32 {
    thread::sleep(Duration::from_secs(1));
    7
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let began = Instant::now();
    let heart = tokio::spawn(async move {
        let mut beat = interval(Duration::from_millis(250));
        loop {
            beat.tick().await;
            println!("{:4} ms: a beat", began.elapsed().as_millis());
        }
    });
    println!("{:?}", to_thread(blocking_io).await);
    let pool = Pool::new(2);
    let run = || pool.run(blocking_io);
    println!("{:?}", tokio::join!(run(), run(), run()));
    println!("four jobs took {} ms", began.elapsed().as_millis());
    heart.abort();
}
