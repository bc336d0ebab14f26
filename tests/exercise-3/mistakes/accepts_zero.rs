//! caught-by: zero_is_refused
//! finding: wrong-value
//!
//! The misconception: a limit of zero can be read as one, and no window as no limit. A limiter
//! that makes no sense is refused, not repaired.

use std::collections::VecDeque;
use std::future::Future;
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
        Self {
            limit: limit.max(1) as usize,
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
