//! Tasks: two of them, started at the same time and awaited later.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::time::Duration;

use tokio::task::JoinHandle;

/// Prints `NAME starting`, waits, prints `NAME done`, and gives its name back.
pub async fn task(name: String, wait: Duration) -> String {
    todo!("task")
}

/// Starts `task` in the background. It runs whether or not anybody waits for it.
pub fn start(name: &str, wait: Duration) -> JoinHandle<String> {
    todo!("start")
}

/// Starts both tasks, prints `Tasks created`, does `meanwhile`, waits for both tasks, prints
/// `Results: FIRST, SECOND`, and gives both results, in that order.
pub async fn run(
    first: (&str, Duration),
    second: (&str, Duration),
    meanwhile: impl AsyncFn(),
) -> (String, String) {
    todo!("run")
}
