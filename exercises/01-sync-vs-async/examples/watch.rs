//! Watch tasks wait in turn and together, in real time: `cargo run --example watch`.

use std::time::Duration;

use sync_vs_async::{blocking_together, compare, in_turn, kind_of, together};
use tokio::time::{Instant, sleep};

const WAIT: Duration = Duration::from_millis(500);
const TASKS: [(&str, Duration); 3] = [("Task1", WAIT), ("Task2", WAIT), ("Task3", WAIT)];

/// A computation: the largest prime below two hundred thousand, the slow way.
async fn compute() {
    let prime = |n: &u64| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0);
    let largest = (2..200_000).filter(prime).last();
    std::hint::black_box(largest);
}

#[tokio::main]
async fn main() {
    let began = Instant::now();
    in_turn(&TASKS).await;
    println!("in turn: {} ms\n", began.elapsed().as_millis());

    let began = Instant::now();
    together(&TASKS).await;
    println!("together: {} ms\n", began.elapsed().as_millis());

    let began = Instant::now();
    blocking_together(&TASKS).await;
    println!("blocking: {} ms\n", began.elapsed().as_millis());

    let wait = async || sleep(WAIT).await;
    println!(
        "waiting, in turn and together: {:.1?}",
        compare(3, wait).await
    );
    println!(
        "computing, in turn and together: {:.1?}",
        compare(3, compute).await
    );
    println!("waiting is {:?}", kind_of(wait).await);
}
