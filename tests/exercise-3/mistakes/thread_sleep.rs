//! caught-by: other_work_goes_on
//! finding: blocked-executor
//!
//! The misconception: `std::thread::sleep` waits like asyncio's `sleep`. It stops the whole
//! thread, and with it every other task that runs there: it is Python's `time.sleep`.

use std::future::Future;
use std::thread;
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::Mutex;
use tokio::time::Instant;

pub struct RateLimiter {
    step: Duration,
    next: Mutex<Instant>,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            step: window / limit,
            next: Mutex::new(Instant::now()),
        }
    }

    pub async fn acquire(&self) {
        let mut next = self.next.lock().await;
        let wait = next.saturating_duration_since(Instant::now());
        if !wait.is_zero() {
            thread::sleep(wait);
        }
        *next = Instant::now() + self.step;
    }

    pub fn try_acquire(&self) -> bool {
        let Ok(mut next) = self.next.try_lock() else {
            return false;
        };
        if Instant::now() < *next {
            return false;
        }
        *next = Instant::now() + self.step;
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
