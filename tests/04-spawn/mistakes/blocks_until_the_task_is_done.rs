//! caught-by: both_wait_together
//! finding: blocked-executor
//!
//! The misconception: a plain function runs a future with `block_on`. The thread that would end the sleep
//! is the one that waits for it.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::sleep;

pub async fn task(name: String, wait: Duration) -> String {
    println!("{name} starting");
    sleep(wait).await;
    println!("{name} done");
    name
}

pub fn start(name: &str, wait: Duration) -> JoinHandle<String> {
    let name = futures::executor::block_on(task(name.to_owned(), wait));
    tokio::spawn(async move { name })
}

pub async fn run(
    first: (&str, Duration),
    second: (&str, Duration),
    meanwhile: impl AsyncFn(),
) -> (String, String) {
    let first = start(first.0, first.1);
    let second = start(second.0, second.1);
    println!("Tasks created");
    meanwhile().await;
    let first = first.await.unwrap();
    let second = second.await.unwrap();
    println!("Results: {first}, {second}");
    (first, second)
}
