//! caught-by: first_caller_does_not_wait
//! finding: too-late
//!
//! The misconception: "sleep a step, then go" spaces the callers. It does, and it makes the
//! first one wait for nobody.

use std::future::Future;
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep};

pub struct RateLimiter {
    step: Duration,
    last: Mutex<Option<Instant>>,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            step: window / limit,
            last: Mutex::new(None),
        }
    }

    pub async fn acquire(&self) {
        let mut last = self.last.lock().await;
        sleep(self.step).await;
        *last = Some(Instant::now());
    }

    pub fn try_acquire(&self) -> bool {
        let Ok(mut last) = self.last.try_lock() else {
            return false;
        };
        if last.is_some_and(|last| last.elapsed() < self.step) {
            return false;
        }
        *last = Some(Instant::now());
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
