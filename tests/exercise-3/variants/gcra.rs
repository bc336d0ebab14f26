//! GCRA (the generic cell rate algorithm) without burst: one atomic holds the *theoretical arrival
//! time* of the next caller. A caller that comes no earlier conforms, and moves it one interval on.
//! Time is counted in nanoseconds since the limiter was made.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::stream::{FuturesOrdered, StreamExt};
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep};

pub struct RateLimiter {
    epoch: Instant,
    interval: u64,
    theoretical_arrival: AtomicU64,
    /// Callers wait for their turn here, in order. The atomic alone knows no order.
    turn: Mutex<()>,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            epoch: Instant::now(),
            interval: nanos(window).div_ceil(u64::from(limit)),
            theoretical_arrival: AtomicU64::new(0),
            turn: Mutex::new(()),
        }
    }

    pub async fn acquire(&self) {
        let _turn = self.turn.lock().await;
        while let Err(wait) = self.conform() {
            sleep(wait).await;
        }
    }

    pub fn try_acquire(&self) -> bool {
        match self.turn.try_lock() {
            Ok(_turn) => self.conform().is_ok(),
            Err(_) => false,
        }
    }

    /// Admits a caller that comes now, or says how much too early it is.
    fn conform(&self) -> Result<(), Duration> {
        let now = nanos(self.epoch.elapsed());
        self.theoretical_arrival
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |arrival| {
                (arrival <= now).then_some(now + self.interval)
            })
            .map(|_| ())
            .map_err(|arrival| Duration::from_nanos(arrival - now))
    }
}

/// Enough for five hundred years.
fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

pub async fn rate_limited<F, T>(limiter: &RateLimiter, jobs: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    jobs.into_iter()
        .map(|job| async move {
            limiter.acquire().await;
            job.await
        })
        .collect::<FuturesOrdered<_>>()
        .collect()
        .await
}
