//! caught-by: no_window_admits_more_than_the_limit
//! finding: unbounded
//!
//! The misconception: `MissedTickBehavior::Delay` keeps a whole period between any two ticks. A
//! tick that is taken up to 5 ms late is not missed, and the one after it comes that much too
//! early.

use std::future::Future;
use std::time::Duration;

use futures::future::{FutureExt, join_all};
use tokio::sync::Mutex;
use tokio::time::{Interval, MissedTickBehavior, interval};

pub struct RateLimiter {
    ticks: Mutex<Interval>,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        let mut ticks = interval(window / limit);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            ticks: Mutex::new(ticks),
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
