//! caught-by: both_wait_together
//! finding: blocked-executor
//!
//! The misconception: a task has a thread of its own, so it may sleep as a thread does.

use std::time::Duration;

use tokio::task::JoinHandle;

pub async fn task(name: String, wait: Duration) -> String {
    println!("{name} starting");
    std::thread::sleep(wait);
    println!("{name} done");
    name
}

pub fn start(name: &str, wait: Duration) -> JoinHandle<String> {
    tokio::spawn(task(name.to_owned(), wait))
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
