//! A `JoinSet` gives the results as they come; each brings the index of its task.

use std::time::Duration;

use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{Instant, sleep_until};

pub async fn task(name: String, wait: Duration) -> String {
    let end = Instant::now() + wait;
    println!("{name} starting");
    sleep_until(end).await;
    println!("{name} done");
    name
}

pub fn start(name: &str, wait: Duration) -> JoinHandle<String> {
    let name = name.to_string();
    tokio::spawn(async move { task(name, wait).await })
}

pub async fn run(
    first: (&str, Duration),
    second: (&str, Duration),
    meanwhile: impl AsyncFn(),
) -> (String, String) {
    let mut tasks = JoinSet::new();
    for (index, (name, wait)) in [first, second].into_iter().enumerate() {
        let task = task(name.to_owned(), wait);
        tasks.spawn(async move { (index, task.await) });
    }
    println!("Tasks created");
    meanwhile().await;
    let mut results = [String::new(), String::new()];
    while let Some(done) = tasks.join_next().await {
        let (index, name) = done.unwrap();
        results[index] = name;
    }
    let [first, second] = results;
    println!("Results: {first}, {second}");
    (first, second)
}
