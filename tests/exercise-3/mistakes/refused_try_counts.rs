//! caught-by: try_acquire_never_waits
//! finding: too-late
//!
//! The misconception: every call of `try_acquire` takes a place, even one that is refused.
//! Whoever keeps asking keeps all others out.

use std::future::Future;
use std::sync::Mutex;
use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    step: Duration,
    turn: tokio::sync::Mutex<()>,
    next: Mutex<Instant>,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            step: window / limit,
            turn: tokio::sync::Mutex::new(()),
            next: Mutex::new(Instant::now()),
        }
    }

    pub async fn acquire(&self) {
        let _turn = self.turn.lock().await;
        loop {
            let next = *self.next.lock().unwrap();
            if next <= Instant::now() {
                break;
            }
            sleep_until(next).await;
        }
        self.book();
    }

    pub fn try_acquire(&self) -> bool {
        let booked = self.book();
        self.turn.try_lock().is_ok() && booked <= Instant::now()
    }

    /// Books the next free instant.
    fn book(&self) -> Instant {
        let mut next = self.next.lock().unwrap();
        let booked = (*next).max(Instant::now());
        *next = booked + self.step;
        booked
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
