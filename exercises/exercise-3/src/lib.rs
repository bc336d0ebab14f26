//! A rate limiter: however many callers come, at most `limit` of them get in within any `window`.
//!
//! The rules that your answer must keep are in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::future::Future;
use std::time::Duration;

/// Admits at most `limit` callers in any half-open window of length `window`.
///
/// Callers share one limiter by reference or in an `Arc`, which is why every method takes `&self`.
pub struct RateLimiter {
    // What does a limiter have to remember in order to say who may come in, and when?
}

impl RateLimiter {
    /// A limiter that has admitted nobody yet. Called inside a tokio runtime.
    ///
    /// # Panics
    ///
    /// When `limit` or `window` is zero.
    pub fn new(limit: u32, window: Duration) -> Self {
        todo!("RateLimiter::new")
    }

    /// Waits until the limiter admits this caller.
    ///
    /// Callers are admitted in the order they called. One that is dropped while it waits takes no
    /// permit.
    pub async fn acquire(&self) {
        todo!("RateLimiter::acquire")
    }

    /// Admits this caller now (`true`) or not at all (`false`). Never waits.
    pub fn try_acquire(&self) -> bool {
        todo!("RateLimiter::try_acquire")
    }
}

/// Runs all `jobs`, each as soon as `limiter` has admitted it, and returns their results in the
/// order of `jobs`.
///
/// Jobs that have been admitted run at the same time.
pub async fn rate_limited<F, T>(limiter: &RateLimiter, jobs: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    todo!("rate_limited")
}
