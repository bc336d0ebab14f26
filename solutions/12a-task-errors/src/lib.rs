//! Task errors: one task, and the three ways in which it can end badly.

use std::any::Any;
use std::panic::resume_unwind;

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
///
/// # Errors
/// When there is no value.
pub async fn caught(task: JoinHandle<Result<u32, String>>) -> Result<u32, TaskError> {
    let error = match task.await {
        Ok(result) => return result.map_err(TaskError::Failed),
        Err(error) => error,
    };
    if error.is_cancelled() {
        return Err(TaskError::Cancelled);
    }
    Err(TaskError::Panicked(message(&*error.into_panic())))
}

/// `panic!` has a `&str` for its payload where the message is a literal, and a `String` where it was formatted.
fn message(payload: &(dyn Any + Send)) -> String {
    if let Some(literal) = payload.downcast_ref::<&str>() {
        return (*literal).to_owned();
    }
    if let Some(formatted) = payload.downcast_ref::<String>() {
        return formatted.clone();
    }
    "unknown".to_owned()
}

/// Waits for a task, and gives its result. Its panic goes on here, with the same payload.
///
/// # Errors
/// The task's own, and `cancelled`.
///
/// # Panics
/// When the task did.
pub async fn passed_on(task: JoinHandle<Result<u32, String>>) -> Result<u32, String> {
    task.await.unwrap_or_else(|error| {
        if error.is_panic() {
            resume_unwind(error.into_panic())
        } else {
            Err("cancelled".to_owned())
        }
    })
}

/// Starts `job` as a task that nobody waits for, and prints a line if it ends badly. Whoever has the
/// handle can cancel the job.
pub fn in_background<F>(name: &str, job: F) -> AbortHandle
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let task = tokio::spawn(job);
    let handle = task.abort_handle();
    let name = name.to_owned();
    // A second task waits for the first: the job cannot tell of its own end when it panics.
    tokio::spawn(async move {
        let end = match caught(task).await {
            Ok(_) => return,
            Err(TaskError::Failed(text)) => format!("error {text}"),
            Err(TaskError::Panicked(text)) => format!("panic {text}"),
            Err(TaskError::Cancelled) => "cancelled".to_owned(),
        };
        println!("{name}: {end}");
    });
    handle
}
