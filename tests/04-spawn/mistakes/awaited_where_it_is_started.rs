//! caught-by: both_wait_together
//! finding: too-sequential
//!
//! The misconception: `.await` behind `start` is how a task is started. It is how one waits for it.

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
    tokio::spawn(task(name.to_owned(), wait))
}

pub async fn run(
    first: (&str, Duration),
    second: (&str, Duration),
    meanwhile: impl AsyncFn(),
) -> (String, String) {
    let first = start(first.0, first.1).await.unwrap();
    let second = start(second.0, second.1).await.unwrap();
    println!("Tasks created");
    meanwhile().await;
    println!("Results: {first}, {second}");
    (first, second)
}
