//! caught-by: no_window_admits_more_than_the_limit
//! finding: unbounded
//!
//! The misconception: a semaphore with `limit` permits is a rate limiter (section 11 of the
//! lesson). It limits how many are inside at once, and a permit that is dropped on the way out
//! limits nothing.

use std::future::Future;
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::Semaphore;

pub struct RateLimiter {
    permits: Semaphore,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            permits: Semaphore::new(limit as usize),
        }
    }

    pub async fn acquire(&self) {
        let _permit = self
            .permits
            .acquire()
            .await
            .expect("nothing ever closes the semaphore");
    }

    pub fn try_acquire(&self) -> bool {
        self.permits.try_acquire().is_ok()
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
