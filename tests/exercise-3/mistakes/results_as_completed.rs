//! caught-by: jobs_overlap_and_keep_their_order
//! finding: wrong-order
//!
//! The misconception: results come back in the order of the jobs by themselves. This is
//! asyncio's `as_completed`; what is asked for is `gather`.

use std::collections::VecDeque;
use std::future::Future;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::task::JoinSet;
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
    let mut running = JoinSet::new();
    for job in jobs {
        limiter.acquire().await;
        running.spawn(job);
    }
    let mut results = Vec::new();
    while let Some(result) = running.join_next().await {
        results.push(result.expect("a job panicked"));
    }
    results
}
