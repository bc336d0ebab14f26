//! caught-by: nothing_outlives_the_limiter
//! finding: leaked-task
//!
//! The misconception: a background task ends when nobody needs it. This one waits for its
//! channel to close, and holds a sender of that channel itself.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::{Semaphore, SemaphorePermit, mpsc};
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    keeper: Arc<Keeper>,
}

struct Keeper {
    window: Duration,
    permits: Semaphore,
    admitted: mpsc::UnboundedSender<Instant>,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        let (admitted, admissions) = mpsc::unbounded_channel();
        let keeper = Arc::new(Keeper {
            window,
            permits: Semaphore::new(limit as usize),
            admitted,
        });
        tokio::spawn(Arc::clone(&keeper).give_permits_back(admissions));
        Self { keeper }
    }

    pub async fn acquire(&self) {
        let permit = self.keeper.permits.acquire().await;
        self.keeper
            .spend(permit.expect("nothing ever closes the semaphore"));
    }

    pub fn try_acquire(&self) -> bool {
        let permit = self.keeper.permits.try_acquire();
        permit.map(|permit| self.keeper.spend(permit)).is_ok()
    }
}

impl Keeper {
    fn spend(&self, permit: SemaphorePermit<'_>) {
        permit.forget();
        self.admitted
            .send(Instant::now())
            .expect("the keeper holds the receiver");
    }

    async fn give_permits_back(self: Arc<Self>, mut admissions: mpsc::UnboundedReceiver<Instant>) {
        while let Some(admitted) = admissions.recv().await {
            sleep_until(admitted + self.window).await;
            self.permits.add_permits(1);
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
