//! caught-by: idle_time_saves_nothing_up
//! finding: unbounded
//!
//! The misconception: a token bucket is safe if it starts with one token only. While nobody
//! comes it fills up all the same, and then it is a bucket that starts full.

use std::future::Future;
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep};

pub struct RateLimiter {
    bucket: Mutex<Bucket>,
}

struct Bucket {
    /// Counted in time: a token is one `step` of it.
    filled: Duration,
    step: Duration,
    capacity: Duration,
    refilled_at: Instant,
}

impl Bucket {
    /// Takes a token, or says how long until there is one.
    fn take(&mut self) -> Result<(), Duration> {
        let now = Instant::now();
        self.filled = (self.filled + (now - self.refilled_at)).min(self.capacity);
        self.refilled_at = now;
        match self.filled.checked_sub(self.step) {
            Some(rest) => {
                self.filled = rest;
                Ok(())
            }
            None => Err(self.step - self.filled),
        }
    }
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            bucket: Mutex::new(Bucket {
                filled: window / limit,
                step: window / limit,
                capacity: window,
                refilled_at: Instant::now(),
            }),
        }
    }

    pub async fn acquire(&self) {
        let mut bucket = self.bucket.lock().await;
        while let Err(wait) = bucket.take() {
            sleep(wait).await;
        }
    }

    pub fn try_acquire(&self) -> bool {
        match self.bucket.try_lock() {
            Ok(mut bucket) => bucket.take().is_ok(),
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
