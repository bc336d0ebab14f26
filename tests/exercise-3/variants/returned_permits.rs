//! A semaphore with `limit` permits. Who gets in hands its permit to a small task that drops it a
//! whole `window` later. The tasks live in a `JoinSet`, which ends them when the limiter goes.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    window: Duration,
    permits: Arc<Semaphore>,
    returns: Mutex<JoinSet<()>>,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            window,
            permits: Arc::new(Semaphore::new(limit as usize)),
            returns: Mutex::new(JoinSet::new()),
        }
    }

    pub async fn acquire(&self) {
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .expect("nothing ever closes the semaphore");
        self.return_later(permit);
    }

    pub fn try_acquire(&self) -> bool {
        match Arc::clone(&self.permits).try_acquire_owned() {
            Ok(permit) => {
                self.return_later(permit);
                true
            }
            Err(_) => false,
        }
    }

    fn return_later(&self, permit: OwnedSemaphorePermit) {
        let at = Instant::now() + self.window;
        let mut returns = self.returns.lock().unwrap_or_else(PoisonError::into_inner);
        // A finished task stays in its set until somebody takes it out.
        while returns.try_join_next().is_some() {}
        returns.spawn(async move {
            sleep_until(at).await;
            drop(permit);
        });
    }
}

pub async fn rate_limited<F, T>(limiter: &RateLimiter, jobs: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut running = Vec::with_capacity(jobs.len());
    for job in jobs {
        limiter.acquire().await;
        running.push(tokio::spawn(job));
    }
    let mut results = Vec::with_capacity(running.len());
    for job in running {
        results.push(job.await.expect("a job panicked"));
    }
    results
}
