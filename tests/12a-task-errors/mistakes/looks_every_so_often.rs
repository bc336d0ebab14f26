//! caught-by: answers_when_the_task_has_ended
//! finding: too-late
//!
//! The misconception: a task is asked again and again whether it has ended.

use std::any::Any;
use std::panic::resume_unwind;

use std::time::Duration;
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
    while !task.is_finished() {
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
    match task.await {
        Ok(result) => result.map_err(TaskError::Failed),
        Err(error) => Err(match error.try_into_panic() {
            Ok(payload) => TaskError::Panicked(message(&*payload)),
            Err(_cancelled) => TaskError::Cancelled,
        }),
    }
}

/// `panic!` has a `&str` for its payload where the message is a literal, and a `String` where it was formatted.
fn message(payload: &(dyn Any + Send)) -> String {
    let literal = payload.downcast_ref::<&str>().copied();
    let message = literal.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    message.unwrap_or("unknown").to_owned()
}

/// Waits for a task, and gives its result. Its panic goes on here, with the same payload.
///
/// # Errors
/// The task's own, and `cancelled`.
///
/// # Panics
/// When the task did.
pub async fn passed_on(task: JoinHandle<Result<u32, String>>) -> Result<u32, String> {
    match task.await {
        Ok(result) => result,
        Err(error) => match error.try_into_panic() {
            Ok(payload) => resume_unwind(payload),
            Err(_cancelled) => Err("cancelled".to_owned()),
        },
    }
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
    tokio::spawn(async move {
        match task.await {
            Ok(Ok(_)) => {}
            Ok(Err(text)) => println!("{name}: error {text}"),
            Err(error) if error.is_cancelled() => println!("{name}: cancelled"),
            Err(error) => println!("{name}: panic {}", message(&*error.into_panic())),
        }
    });
    handle
}
