//! Task errors: one task, and the three ways in which it can end badly.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use tokio::task::{AbortHandle, JoinHandle};

/// How a task ended, when it gave no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskError {
    /// It returned an `Err` with this text.
    Failed(String),
    /// It panicked with this message.
    Panicked(String),
    /// It was cancelled before it was done.
    Cancelled,
}

/// Waits for a task, and gives its value, or how it ended.
pub async fn caught(task: JoinHandle<Result<u32, String>>) -> Result<u32, TaskError> {
    todo!("caught")
}

/// Waits for a task, and gives its result. Its panic goes on here, with the same payload.
pub async fn passed_on(task: JoinHandle<Result<u32, String>>) -> Result<u32, String> {
    todo!("passed_on")
}

/// Starts `job` as a task that nobody waits for, and prints a line if it ends badly. Whoever has the
/// handle can cancel the job.
pub fn in_background<F>(name: &str, job: F) -> AbortHandle
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    todo!("in_background")
}
