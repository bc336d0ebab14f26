//! `run` without a task of its own: `join!` polls both futures in the task of the caller.

use std::time::Duration;

use tokio::task::JoinHandle;

pub async fn task(name: String, wait: Duration) -> String {
    println!("{name} starting");
    tokio::time::sleep(wait).await;
    println!("{name} done");
    name
}

pub fn start(name: &str, wait: Duration) -> JoinHandle<String> {
    tokio::runtime::Handle::current().spawn(task(name.into(), wait))
}

pub async fn run(
    first: (&str, Duration),
    second: (&str, Duration),
    meanwhile: impl AsyncFn(),
) -> (String, String) {
    let first = task(first.0.into(), first.1);
    let second = task(second.0.into(), second.1);
    println!("Tasks created");
    let (first, second, ()) = tokio::join!(first, second, meanwhile());
    println!("Results: {first}, {second}");
    (first, second)
}
