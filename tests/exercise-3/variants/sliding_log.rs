//! A sliding log behind an ordinary `std` lock, which no one holds while waiting. The queue is a
//! semaphore with one permit: whoever holds it is next.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    turnstile: Semaphore,
    log: Mutex<Log>,
}

/// When the last callers came in, oldest first; at most `limit` of them.
struct Log {
    limit: usize,
    window: Duration,
    entries: VecDeque<Instant>,
}

impl Log {
    /// Admits a caller, or says when to ask again.
    fn admit(&mut self, now: Instant) -> Result<(), Instant> {
        while let Some(oldest) = self.entries.front()
            && *oldest + self.window <= now
        {
            self.entries.pop_front();
        }
        match self.entries.front() {
            Some(oldest) if self.entries.len() >= self.limit => Err(*oldest + self.window),
            _ => {
                self.entries.push_back(now);
                Ok(())
            }
        }
    }
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            turnstile: Semaphore::new(1),
            log: Mutex::new(Log {
                limit: usize::try_from(limit).expect("a u32 fits"),
                window,
                entries: VecDeque::new(),
            }),
        }
    }

    pub async fn acquire(&self) {
        let _turn = self
            .turnstile
            .acquire()
            .await
            .expect("nothing ever closes the turnstile");
        while let Err(at) = self.admit() {
            sleep_until(at).await;
        }
    }

    pub fn try_acquire(&self) -> bool {
        match self.turnstile.try_acquire() {
            Ok(_turn) => self.admit().is_ok(),
            Err(_) => false,
        }
    }

    fn admit(&self) -> Result<(), Instant> {
        self.log
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .admit(Instant::now())
    }
}

pub async fn rate_limited<F, T>(limiter: &RateLimiter, jobs: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut running = JoinSet::new();
    for (index, job) in jobs.into_iter().enumerate() {
        limiter.acquire().await;
        running.spawn(async move { (index, job.await) });
    }
    let mut results = Vec::with_capacity(running.len());
    while let Some(finished) = running.join_next().await {
        results.push(finished.expect("a job panicked"));
    }
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
