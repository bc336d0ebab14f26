//! caught-by: returns_when_all_is_done
//! finding: too-early
//!
//! The misconception: what was started first is done last, as in the lesson's output.

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
    let first = start(first.0, first.1);
    drop(start(second.0, second.1));
    println!("Tasks created");
    meanwhile().await;
    let first = first.await.unwrap();
    println!("Results: {first}, {}", second.0);
    (first, second.0.to_owned())
}
