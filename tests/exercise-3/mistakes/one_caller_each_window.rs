//! caught-by: admissions_come_in_time
//! finding: too-late
//!
//! The misconception: waiting a whole `window` after each caller. That is a limit of one,
//! whatever the `limit` says.

use std::future::Future;
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    window: Duration,
    next: Mutex<Instant>,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            window,
            next: Mutex::new(Instant::now()),
        }
    }

    pub async fn acquire(&self) {
        let mut next = self.next.lock().await;
        sleep_until(*next).await;
        *next = Instant::now() + self.window;
    }

    pub fn try_acquire(&self) -> bool {
        let Ok(mut next) = self.next.try_lock() else {
            return false;
        };
        if Instant::now() < *next {
            return false;
        }
        *next = Instant::now() + self.window;
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
