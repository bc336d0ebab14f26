//! caught-by: idle_time_saves_nothing_up
//! finding: unbounded
//!
//! The misconception: a tokio `interval` never ticks faster than its period. Unless it is told
//! otherwise it makes up for all the ticks that nobody waited for, at once.

use std::future::Future;
use std::time::Duration;

use futures::future::{FutureExt, join_all};
use tokio::sync::Mutex;
use tokio::time::{Interval, interval};

pub struct RateLimiter {
    ticks: Mutex<Interval>,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            ticks: Mutex::new(interval(window / limit)),
        }
    }

    pub async fn acquire(&self) {
        self.ticks.lock().await.tick().await;
    }

    pub fn try_acquire(&self) -> bool {
        match self.ticks.try_lock() {
            Ok(mut ticks) => ticks.tick().now_or_never().is_some(),
            Err(_) => false,
        }
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
