//! Watch your tasks run, in real time: `cargo run --example watch`.

use std::time::Duration;

use spawn_tasks::{run, start};
use tokio::time::{Instant, sleep};

#[tokio::main]
async fn main() {
    let began = Instant::now();
    let other_work = async || sleep(Duration::from_millis(500)).await;
    run(
        ("A", Duration::from_secs(2)),
        ("B", Duration::from_secs(1)),
        other_work,
    )
    .await;
    println!("both took {} ms\n", began.elapsed().as_millis());

    drop(start("C", Duration::from_millis(300)));
    println!("nobody waits for C");
    sleep(Duration::from_millis(500)).await;
}
