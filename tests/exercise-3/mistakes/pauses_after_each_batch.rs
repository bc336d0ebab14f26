//! caught-by: admissions_come_in_time
//! finding: too-late
//!
//! The misconception: after `limit` callers, everybody pauses for a whole `window`. The pause
//! has to count from when the oldest of them got in, not from now.

use std::future::Future;
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    limit: u32,
    window: Duration,
    batch: Mutex<Batch>,
}

#[derive(Default)]
struct Batch {
    admitted: u32,
    /// When the pause after this batch is over.
    pause_until: Option<Instant>,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            limit,
            window,
            batch: Mutex::default(),
        }
    }

    pub async fn acquire(&self) {
        let mut batch = self.batch.lock().await;
        if batch.admitted == self.limit {
            let now = Instant::now();
            sleep_until(*batch.pause_until.get_or_insert(now + self.window)).await;
            *batch = Batch::default();
        }
        batch.admitted += 1;
    }

    pub fn try_acquire(&self) -> bool {
        let Ok(mut batch) = self.batch.try_lock() else {
            return false;
        };
        if batch.admitted == self.limit {
            let now = Instant::now();
            if now < *batch.pause_until.get_or_insert(now + self.window) {
                return false;
            }
            *batch = Batch::default();
        }
        batch.admitted += 1;
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
