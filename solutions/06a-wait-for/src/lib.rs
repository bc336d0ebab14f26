//! Wait for an operation, but only so long.

use std::future::Future;
use std::time::Duration;

use tokio::time::timeout;

/// An operation was not done within its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimedOut {
    pub limit: Duration,
}

/// Waits for `operation` for `limit` at most; without a limit, as long as it takes. An operation
/// whose time is over is cancelled.
///
/// # Errors
///
/// When the operation is not done within its limit.
pub async fn wait_for<F, T>(operation: F, limit: Option<Duration>) -> Result<T, TimedOut>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    match limit {
        // `timeout` owns the operation, and drops it when it returns.
        Some(limit) => timeout(limit, operation)
            .await
            .map_err(|_| TimedOut { limit }),
        None => Ok(operation.await),
    }
}

/// Waits for `operation` for `limit` at most. An operation whose time is over runs on in the background.
///
/// # Errors
///
/// When the operation is not done within its limit.
///
/// # Panics
///
/// When the operation does within its limit.
pub async fn wait_but_let_run<F>(operation: F, limit: Duration) -> Result<u32, TimedOut>
where
    F: Future<Output = u32> + Send + 'static,
{
    // What is dropped at the limit is the handle, which detaches the task.
    let task = tokio::spawn(operation);
    match timeout(limit, task).await {
        Ok(ended) => Ok(ended.expect("the operation does not panic")),
        Err(_) => Err(TimedOut { limit }),
    }
}

/// Tries `operation` up to `number` times, one after another, each for `limit` at most.
///
/// # Errors
///
/// When no attempt is done within its limit.
pub async fn attempts(
    number: u32,
    limit: Duration,
    operation: impl AsyncFn(u32) -> u32,
) -> Result<u32, TimedOut> {
    for attempt in 1..=number {
        if let Ok(value) = timeout(limit, operation(attempt)).await {
            return Ok(value);
        }
    }
    Err(TimedOut { limit })
}

/// Waits for `operation` for `limit` at most, and prints its text, or `Timeout!`.
pub async fn report<F>(operation: F, limit: Duration)
where
    F: Future<Output = String> + Send + 'static,
{
    match wait_for(operation, Some(limit)).await {
        Ok(text) => println!("{text}"),
        Err(_) => println!("Timeout!"),
    }
}
