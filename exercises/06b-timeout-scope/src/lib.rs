//! A deadline over several steps, and deadlines within deadlines.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::future::Future;
use std::time::Duration;

/// A deadline that was over before all was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expired {
    /// Its name.
    pub deadline: String,
}

/// A moment by which something has to be done.
#[derive(Debug)]
pub struct Deadline {
    // What you need.
}

impl Deadline {
    /// The moment `limit` from now.
    pub fn after(name: &str, limit: Duration) -> Self {
        todo!("Deadline::after")
    }

    /// The moment `limit` from now, but no later than this one.
    pub fn within(&self, name: &str, limit: Duration) -> Self {
        todo!("Deadline::within")
    }

    /// How much time is left; zero once it is over.
    pub fn left(&self) -> Duration {
        todo!("Deadline::left")
    }
}

/// Waits for `step` until the deadline.
pub async fn run<T>(deadline: &Deadline, step: impl Future<Output = T>) -> Result<T, Expired> {
    todo!("run")
}

/// Runs `step(1, …)`, `step(2, …)` up to `number`, one after another, until the deadline. Each step is
/// told how much time is left.
pub async fn steps(
    deadline: &Deadline,
    number: u32,
    step: impl AsyncFn(u32, Duration) -> u32,
) -> Result<Vec<u32>, Expired> {
    todo!("steps")
}

/// Waits for `first` for `limit` at most, and then for `second`; for both until the deadline.
pub async fn or_else(
    deadline: &Deadline,
    limit: Duration,
    first: impl Future<Output = String>,
    second: impl Future<Output = String>,
) -> Result<String, Expired> {
    todo!("or_else")
}
