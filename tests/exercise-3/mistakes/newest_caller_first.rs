//! caught-by: callers_are_admitted_in_order
//! finding: wrong-order
//!
//! The misconception: any collection will do for those who wait. From a `Vec`, `pop` takes the
//! one who came last.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::{Notify, oneshot};
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    shared: Arc<Shared>,
    usher: AbortHandle,
}

struct Shared {
    limit: usize,
    window: Duration,
    someone_waits: Notify,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    admissions: VecDeque<Instant>,
    waiting: Vec<oneshot::Sender<()>>,
}

impl Shared {
    fn full_until(&self, state: &State) -> Option<Instant> {
        let at = *state.admissions.front()? + self.window;
        (state.admissions.len() == self.limit && Instant::now() < at).then_some(at)
    }

    fn admit(&self, state: &mut State) {
        if state.admissions.len() == self.limit {
            state.admissions.pop_front();
        }
        state.admissions.push_back(Instant::now());
    }

    /// Lets in as many as there is room for. Says when to come again, if anybody still waits.
    fn admit_waiting(&self) -> Option<Instant> {
        let mut state = self.state.lock().unwrap();
        state.waiting.retain(|caller| !caller.is_closed());
        while !state.waiting.is_empty() {
            if let Some(at) = self.full_until(&state) {
                return Some(at);
            }
            let caller = state.waiting.pop();
            if caller.is_some_and(|caller| caller.send(()).is_ok()) {
                self.admit(&mut state);
            }
        }
        None
    }
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        let shared = Arc::new(Shared {
            limit: limit as usize,
            window,
            someone_waits: Notify::new(),
            state: Mutex::default(),
        });
        let usher = tokio::spawn(usher(Arc::clone(&shared))).abort_handle();
        Self { shared, usher }
    }

    pub async fn acquire(&self) {
        let (admit, admitted) = oneshot::channel();
        self.shared.state.lock().unwrap().waiting.push(admit);
        self.shared.someone_waits.notify_one();
        admitted
            .await
            .expect("the usher lives as long as the limiter");
    }

    pub fn try_acquire(&self) -> bool {
        let mut state = self.shared.state.lock().unwrap();
        state.waiting.retain(|caller| !caller.is_closed());
        if !state.waiting.is_empty() || self.shared.full_until(&state).is_some() {
            return false;
        }
        self.shared.admit(&mut state);
        true
    }
}

impl Drop for RateLimiter {
    fn drop(&mut self) {
        self.usher.abort();
    }
}

async fn usher(shared: Arc<Shared>) {
    loop {
        match shared.admit_waiting() {
            Some(at) => sleep_until(at).await,
            None => shared.someone_waits.notified().await,
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
