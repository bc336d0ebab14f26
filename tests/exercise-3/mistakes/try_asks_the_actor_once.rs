//! caught-by: try_acquire_never_waits
//! finding: wrong-value
//!
//! The misconception: `try_acquire` is `acquire` polled once. Here the answer comes from
//! another task, which cannot have run by then, so that even an idle limiter says no.

use std::collections::VecDeque;
use std::future::Future;
use std::time::Duration;

use futures::future::{FutureExt, join_all};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    line: mpsc::UnboundedSender<oneshot::Sender<()>>,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        let (line, callers) = mpsc::unbounded_channel();
        tokio::spawn(admit_in_order(callers, limit as usize, window));
        Self { line }
    }

    pub async fn acquire(&self) {
        let (admit, admitted) = oneshot::channel();
        self.line
            .send(admit)
            .expect("the task lives as long as the limiter");
        admitted
            .await
            .expect("the task lives as long as the limiter");
    }

    pub fn try_acquire(&self) -> bool {
        self.acquire().now_or_never().is_some()
    }
}

async fn admit_in_order(
    mut callers: mpsc::UnboundedReceiver<oneshot::Sender<()>>,
    limit: usize,
    window: Duration,
) {
    let mut admissions = VecDeque::new();
    while let Some(mut caller) = callers.recv().await {
        if admissions.len() == limit {
            tokio::select! {
                () = sleep_until(admissions[0] + window) => {}
                () = caller.closed() => continue,
            }
        }
        if caller.send(()).is_ok() {
            if admissions.len() == limit {
                admissions.pop_front();
            }
            admissions.push_back(Instant::now());
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
