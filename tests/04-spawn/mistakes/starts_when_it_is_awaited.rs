//! caught-by: a_started_task_needs_nobody
//! finding: wrong-output
//!
//! The misconception: a task must not run before somebody wants its result, as a future does not. This
//! one waits out its time first, and does all its work at the end.

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
    let name = name.to_owned();
    tokio::spawn(async move {
        sleep(wait).await;
        task(name, Duration::ZERO).await
    })
}

pub async fn run(
    first: (&str, Duration),
    second: (&str, Duration),
    meanwhile: impl AsyncFn(),
) -> (String, String) {
    println!("Tasks created");
    let (first, second, ()) = tokio::join!(
        task(first.0.to_owned(), first.1),
        task(second.0.to_owned(), second.1),
        meanwhile()
    );
    println!("Results: {first}, {second}");
    (first, second)
}
