//! caught-by: says_what_happens
//! finding: wrong-order
//!
//! The misconception: a result is known before its task is done, since it is only the name.

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
    let tasks = (start(first.0, first.1), start(second.0, second.1));
    println!("Tasks created");
    println!("Results: {}, {}", first.0, second.0);
    meanwhile().await;
    (tasks.0.await.unwrap(), tasks.1.await.unwrap())
}
