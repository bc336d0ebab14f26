//! caught-by: other_work_goes_on
//! finding: livelock
//!
//! The misconception: a loop around `yield_now` is a polite way to wait. Others run in between,
//! but the thread never rests, and under a paused clock, which moves only when all tasks wait,
//! time stands still.

use std::collections::VecDeque;
use std::future::Future;
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::Mutex;
use tokio::task::yield_now;
use tokio::time::Instant;

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
            while Instant::now() < admissions[0] + self.window {
                yield_now().await;
            }
            admissions.pop_front();
        }
        admissions.push_back(Instant::now());
    }

    pub fn try_acquire(&self) -> bool {
        let Ok(mut admissions) = self.admissions.try_lock() else {
            return false;
        };
        if admissions.len() == self.limit {
            if Instant::now() < admissions[0] + self.window {
                return false;
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
