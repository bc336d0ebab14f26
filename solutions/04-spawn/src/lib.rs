//! Tasks: two of them, started at the same time and awaited later.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::sleep;

/// Prints `NAME starting`, waits, prints `NAME done`, and gives its name back.
pub async fn task(name: String, wait: Duration) -> String {
    println!("{name} starting");
    sleep(wait).await;
    println!("{name} done");
    name
}

/// Starts `task` in the background. It runs whether or not anybody waits for it.
pub fn start(name: &str, wait: Duration) -> JoinHandle<String> {
    // A task may outlive whoever started it, so it owns its name.
    tokio::spawn(task(name.to_owned(), wait))
}

/// Starts both tasks, prints `Tasks created`, does `meanwhile`, waits for both tasks, prints
/// `Results: FIRST, SECOND`, and gives both results, in that order.
///
/// # Panics
///
/// When one of the tasks does, or is cancelled by a runtime that shuts down.
pub async fn run(
    first: (&str, Duration),
    second: (&str, Duration),
    meanwhile: impl AsyncFn(),
) -> (String, String) {
    let first = start(first.0, first.1);
    let second = start(second.0, second.1);
    println!("Tasks created");
    // Both run already: neither this nor the wait for the other holds them up.
    meanwhile().await;
    let first = first.await.expect("the first task does not panic");
    let second = second.await.expect("the second task does not panic");
    println!("Results: {first}, {second}");
    (first, second)
}
