//! Many errors: several tasks, and what became of each.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::future::Future;

use tokio::task::JoinHandle;

/// What became of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It returned `Ok`.
    Success(u32),
    /// It returned `Err`.
    Error(String),
    /// It panicked, with this message.
    Panic(String),
    /// It was cancelled before it was done.
    Cancelled,
}

/// Starts every job as a task of its own, all at once.
pub fn start_all<F>(jobs: Vec<F>) -> Vec<JoinHandle<Result<u32, String>>>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    todo!("start_all")
}

/// Waits for every task and says what became of each, in the order of `tasks`.
pub async fn outcomes(tasks: Vec<JoinHandle<Result<u32, String>>>) -> Vec<Outcome> {
    todo!("outcomes")
}

/// Waits for every task, prints a line for each, in order, and gives the number of successes.
pub async fn report(names: &[String], tasks: Vec<JoinHandle<Result<u32, String>>>) -> usize {
    todo!("report")
}
