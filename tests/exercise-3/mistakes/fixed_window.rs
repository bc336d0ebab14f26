//! caught-by: no_window_admits_more_than_the_limit
//! finding: unbounded
//!
//! The misconception: counting callers per window, and starting again at zero when the next
//! window begins, limits every window. Callers at the end of one and at the start of the next
//! add up.

use std::future::Future;
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    limit: u32,
    window: Duration,
    current: Mutex<Window>,
}

struct Window {
    start: Instant,
    admitted: u32,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            limit,
            window,
            current: Mutex::new(Window {
                start: Instant::now(),
                admitted: 0,
            }),
        }
    }

    pub async fn acquire(&self) {
        let mut current = self.current.lock().await;
        self.turn_over(&mut current);
        if current.admitted == self.limit {
            sleep_until(current.start + self.window).await;
            self.turn_over(&mut current);
        }
        current.admitted += 1;
    }

    pub fn try_acquire(&self) -> bool {
        let Ok(mut current) = self.current.try_lock() else {
            return false;
        };
        self.turn_over(&mut current);
        if current.admitted == self.limit {
            return false;
        }
        current.admitted += 1;
        true
    }

    fn turn_over(&self, current: &mut Window) {
        if current.start.elapsed() >= self.window {
            *current = Window {
                start: Instant::now(),
                admitted: 0,
            };
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
