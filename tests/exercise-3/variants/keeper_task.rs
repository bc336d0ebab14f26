//! A semaphore with `limit` permits and one task, the keeper, that gives each permit back a whole
//! `window` after it was used. The keeper is aborted when the limiter is dropped.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::{Semaphore, SemaphorePermit, mpsc};
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    permits: Arc<Semaphore>,
    admitted: mpsc::UnboundedSender<Instant>,
    keeper: AbortHandle,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        let permits = Arc::new(Semaphore::new(limit as usize));
        let (admitted, admissions) = mpsc::unbounded_channel();
        let keeper = tokio::spawn(keep(Arc::clone(&permits), admissions, window)).abort_handle();
        Self {
            permits,
            admitted,
            keeper,
        }
    }

    pub async fn acquire(&self) {
        let permit = self.permits.acquire().await;
        self.spend(permit.expect("nothing ever closes the semaphore"));
    }

    pub fn try_acquire(&self) -> bool {
        self.permits
            .try_acquire()
            .map(|permit| self.spend(permit))
            .is_ok()
    }

    fn spend(&self, permit: SemaphorePermit<'_>) {
        permit.forget();
        self.admitted
            .send(Instant::now())
            .expect("the keeper lives as long as the limiter");
    }
}

impl Drop for RateLimiter {
    fn drop(&mut self) {
        self.keeper.abort();
    }
}

async fn keep(
    permits: Arc<Semaphore>,
    mut admissions: mpsc::UnboundedReceiver<Instant>,
    window: Duration,
) {
    while let Some(admitted) = admissions.recv().await {
        sleep_until(admitted + window).await;
        permits.add_permits(1);
    }
}

pub async fn rate_limited<F, T>(limiter: &RateLimiter, jobs: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let jobs = jobs.into_iter().map(|job| async {
        limiter.acquire().await;
        tokio::spawn(job).await.expect("a job panicked")
    });
    join_all(jobs).await
}
