//! caught-by: a_dropped_caller_takes_no_permit
//! finding: cancel-unsafe
//!
//! The misconception: a caller may book its instant as soon as it calls, and then just sleep
//! until then. If it is dropped while it sleeps, nobody uses that instant, and everyone behind
//! it waits for nothing.

use std::future::Future;
use std::sync::Mutex;
use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep_until};

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
        let mine = {
            let mut next = self.next.lock().unwrap();
            let mine = (*next).max(Instant::now());
            *next = mine + self.step;
            mine
        };
        sleep_until(mine).await;
    }

    pub fn try_acquire(&self) -> bool {
        let now = Instant::now();
        let mut next = self.next.lock().unwrap();
        if now < *next {
            return false;
        }
        *next = now + self.step;
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
