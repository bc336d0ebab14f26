//! caught-by: try_acquire_never_waits
//! finding: wrong-value
//!
//! The misconception: `try_acquire` need only look whether the limit allows one more. Here
//! those who wait are also spaced evenly, so there may be room before their turn has come; they
//! go first all the same.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Mutex;
use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    limit: usize,
    window: Duration,
    step: Duration,
    turn: tokio::sync::Mutex<()>,
    admissions: Mutex<VecDeque<Instant>>,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            limit: limit as usize,
            window,
            step: window / limit,
            turn: tokio::sync::Mutex::new(()),
            admissions: Mutex::default(),
        }
    }

    pub async fn acquire(&self) {
        let _turn = self.turn.lock().await;
        let newest = self.admissions.lock().unwrap().back().copied();
        if let Some(newest) = newest {
            sleep_until(newest + self.step).await;
        }
        while !self.admit() {
            let oldest = self.admissions.lock().unwrap()[0];
            sleep_until(oldest + self.window).await;
        }
    }

    pub fn try_acquire(&self) -> bool {
        self.admit()
    }

    fn admit(&self) -> bool {
        let now = Instant::now();
        let mut admissions = self.admissions.lock().unwrap();
        if admissions.len() == self.limit {
            if now < admissions[0] + self.window {
                return false;
            }
            admissions.pop_front();
        }
        admissions.push_back(now);
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
