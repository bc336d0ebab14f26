//! Wait for an operation, but only so long.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::future::Future;
use std::time::Duration;

/// An operation was not done within its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimedOut {
    pub limit: Duration,
}

/// Waits for `operation` for `limit` at most; without a limit, as long as it takes. An operation
/// whose time is over is cancelled.
pub async fn wait_for<F, T>(operation: F, limit: Option<Duration>) -> Result<T, TimedOut>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    todo!("wait_for")
}

/// Waits for `operation` for `limit` at most. An operation whose time is over runs on in the background.
pub async fn wait_but_let_run<F>(operation: F, limit: Duration) -> Result<u32, TimedOut>
where
    F: Future<Output = u32> + Send + 'static,
{
    todo!("wait_but_let_run")
}

/// Tries `operation` up to `number` times, one after another, each for `limit` at most.
pub async fn attempts(
    number: u32,
    limit: Duration,
    operation: impl AsyncFn(u32) -> u32,
) -> Result<u32, TimedOut> {
    todo!("attempts")
}

/// Waits for `operation` for `limit` at most, and prints its text, or `Timeout!`.
pub async fn report<F>(operation: F, limit: Duration)
where
    F: Future<Output = String> + Send + 'static,
{
    todo!("report")
}
