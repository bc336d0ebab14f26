//! caught-by: callers_are_admitted_in_order
//! finding: wrong-order
//!
//! The misconception: "no room? sleep a step and try again" is fair. Whoever happens to try
//! first after room has come gets in, and a newcomer passes those who have slept for long.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep};

pub struct RateLimiter {
    limit: usize,
    window: Duration,
    admissions: Mutex<VecDeque<Instant>>,
    waiting: AtomicUsize,
}

/// Counts one caller that waits.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            limit: limit as usize,
            window,
            admissions: Mutex::default(),
            waiting: AtomicUsize::new(0),
        }
    }

    pub async fn acquire(&self) {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.waiting);
        while !self.admit() {
            sleep(self.window / 4).await;
        }
    }

    pub fn try_acquire(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) == 0 && self.admit()
    }

    fn admit(&self) -> bool {
        let now = Instant::now();
        let mut admissions = self.admissions.lock().unwrap();
        admissions.retain(|at| *at + self.window > now);
        let room = admissions.len() < self.limit;
        if room {
            admissions.push_back(now);
        }
        room
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
