//! caught-by: results_keep_their_order
//! finding: wrong-order
//!
//! The misconception: the results of a `JoinSet` come in the order of its tasks.

use std::time::Duration;

use tokio::task::{JoinHandle, JoinSet};
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
    let mut tasks = JoinSet::new();
    tasks.spawn(task(first.0.to_owned(), first.1));
    tasks.spawn(task(second.0.to_owned(), second.1));
    println!("Tasks created");
    meanwhile().await;
    let results = (
        tasks.join_next().await.unwrap().unwrap(),
        tasks.join_next().await.unwrap().unwrap(),
    );
    println!("Results: {}, {}", first.0, second.0);
    results
}
