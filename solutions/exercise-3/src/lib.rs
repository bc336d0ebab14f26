//! A rate limiter: however many callers come, at most `limit` of them get in within any `window`.
//!
//! The limiter keeps a sliding log: when each of the last `limit` callers got in. The next one may
//! follow as soon as the oldest of them is a whole `window` old.

use std::collections::VecDeque;
use std::future::Future;
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

/// Admits at most `limit` callers in any half-open window of length `window`.
#[derive(Debug)]
pub struct RateLimiter {
    limit: u32,
    window: Duration,
    /// When each of the last `limit` callers got in, oldest first.
    ///
    /// The lock is the queue as well: whoever holds it is next, and tokio hands it on in the order
    /// in which callers asked for it, skipping those that have gone away. That is why it is held
    /// while its holder sleeps, and why it has to be tokio's lock and not std's.
    admissions: Mutex<VecDeque<Instant>>,
}

impl RateLimiter {
    /// A limiter that has admitted nobody yet.
    ///
    /// # Panics
    ///
    /// When `limit` or `window` is zero.
    #[must_use]
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "a limit of zero would admit nobody, ever");
        assert!(!window.is_zero(), "a window of zero would limit nothing");
        Self {
            limit,
            window,
            admissions: Mutex::new(VecDeque::new()),
        }
    }

    /// Waits until the limiter admits this caller.
    ///
    /// Callers are admitted in the order they called. Dropping the future while it waits gives up
    /// the place in the queue and takes no permit.
    pub async fn acquire(&self) {
        let mut admissions = self.admissions.lock().await;
        if let Some(at) = self.full_until(&admissions) {
            sleep_until(at).await;
        }
        // Nothing above has changed the log, and nothing below awaits: a caller is either
        // admitted and remembered, or neither.
        self.admit(&mut admissions);
    }

    /// Admits this caller now (`true`) or not at all (`false`). Never waits.
    #[must_use = "a caller that gets `false` has not been admitted"]
    pub fn try_acquire(&self) -> bool {
        // Somebody who waits holds the lock, and goes first.
        let Ok(mut admissions) = self.admissions.try_lock() else {
            return false;
        };
        if self
            .full_until(&admissions)
            .is_some_and(|at| Instant::now() < at)
        {
            return false;
        }
        self.admit(&mut admissions);
        true
    }

    /// When there is room for one more, or `None` when fewer than `limit` have ever got in.
    fn full_until(&self, admissions: &VecDeque<Instant>) -> Option<Instant> {
        if admissions.len() < self.limit as usize {
            return None;
        }
        admissions.front().map(|oldest| *oldest + self.window)
    }

    fn admit(&self, admissions: &mut VecDeque<Instant>) {
        if admissions.len() == self.limit as usize {
            admissions.pop_front();
        }
        admissions.push_back(Instant::now());
    }
}

/// Runs all `jobs`, each as soon as `limiter` has admitted it, and returns their results in the
/// order of `jobs`.
///
/// The jobs run inside the returned future: they stop when it is dropped, and a job that panics
/// panics here.
pub async fn rate_limited<F, T>(limiter: &RateLimiter, jobs: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    join_all(jobs.into_iter().map(|job| async move {
        limiter.acquire().await;
        job.await
    }))
    .await
}
