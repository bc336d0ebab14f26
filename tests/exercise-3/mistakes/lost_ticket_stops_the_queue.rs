//! caught-by: a_dropped_caller_takes_no_permit
//! finding: deadlock
//!
//! The misconception: every caller that draws a number will be there when it is called. One
//! that was dropped meanwhile never passes the turn on, and all behind it wait for ever.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    limit: usize,
    window: Duration,
    admissions: Mutex<VecDeque<Instant>>,
    numbers_drawn: AtomicU64,
    now_serving: watch::Sender<u64>,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            limit: limit as usize,
            window,
            admissions: Mutex::default(),
            numbers_drawn: AtomicU64::new(0),
            now_serving: watch::Sender::new(0),
        }
    }

    pub async fn acquire(&self) {
        let number = self.numbers_drawn.fetch_add(1, Ordering::Relaxed);
        let mut now_serving = self.now_serving.subscribe();
        now_serving
            .wait_for(|serving| *serving == number)
            .await
            .expect("the limiter holds the sender");
        if let Some(at) = self.full_until() {
            sleep_until(at).await;
        }
        self.admit();
    }

    pub fn try_acquire(&self) -> bool {
        let somebody_waits =
            *self.now_serving.borrow() != self.numbers_drawn.load(Ordering::Relaxed);
        if somebody_waits || self.full_until().is_some() {
            return false;
        }
        self.numbers_drawn.fetch_add(1, Ordering::Relaxed);
        self.admit();
        true
    }

    fn full_until(&self) -> Option<Instant> {
        let admissions = self.admissions.lock().unwrap();
        let at = *admissions.front()? + self.window;
        (admissions.len() == self.limit && Instant::now() < at).then_some(at)
    }

    fn admit(&self) {
        let mut admissions = self.admissions.lock().unwrap();
        if admissions.len() == self.limit {
            admissions.pop_front();
        }
        admissions.push_back(Instant::now());
        self.now_serving.send_modify(|serving| *serving += 1);
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
