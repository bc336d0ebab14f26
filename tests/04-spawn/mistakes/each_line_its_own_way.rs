//! caught-by: says_what_happens
//! finding: wrong-output
//!
//! The misconception: a program that tells the same in other words prints the same.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::sleep;

pub async fn task(name: String, wait: Duration) -> String {
    println!("Starting {name}");
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
    let first = start(first.0, first.1);
    let second = start(second.0, second.1);
    println!("Tasks created");
    meanwhile().await;
    let first = first.await.unwrap();
    let second = second.await.unwrap();
    println!("Results: {first}, {second}");
    (first, second)
}
