//! caught-by: try_acquire_never_waits
//! finding: blocked-executor
//!
//! The misconception: a function that is not `async` may take its time. `try_acquire` sleeps,
//! thread and all, until it can say yes.

use std::collections::VecDeque;
use std::future::Future;
use std::thread;
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    limit: usize,
    window: Duration,
    /// The last `limit` admissions, oldest first. The lock is the queue.
    admissions: Mutex<VecDeque<Instant>>,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            limit: limit as usize,
            window,
            admissions: Mutex::new(VecDeque::new()),
        }
    }

    pub async fn acquire(&self) {
        let mut admissions = self.admissions.lock().await;
        if admissions.len() == self.limit {
            sleep_until(admissions[0] + self.window).await;
            admissions.pop_front();
        }
        admissions.push_back(Instant::now());
    }

    pub fn try_acquire(&self) -> bool {
        let Ok(mut admissions) = self.admissions.try_lock() else {
            return false;
        };
        if admissions.len() == self.limit {
            let at = admissions[0] + self.window;
            let wait = at.saturating_duration_since(Instant::now());
            if !wait.is_zero() {
                thread::sleep(wait);
            }
            admissions.pop_front();
        }
        admissions.push_back(Instant::now());
        true
    }
}

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
