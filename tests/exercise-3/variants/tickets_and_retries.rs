//! Everyone who waits sleeps until there may be room, and then looks again: a herd, but with
//! tickets, so that only the holder of the lowest one may go through. Not elegant, and right.

use std::collections::{BTreeSet, VecDeque};
use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    limit: usize,
    window: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    admissions: VecDeque<Instant>,
    tickets: BTreeSet<u64>,
    tickets_given: u64,
}

/// A place in the queue, given up on drop.
struct Ticket<'a> {
    limiter: &'a RateLimiter,
    number: u64,
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            limit: limit as usize,
            window,
            state: Mutex::default(),
        }
    }

    pub async fn acquire(&self) {
        let ticket = self.ticket();
        while let Err(look_again) = ticket.go_through() {
            sleep_until(look_again).await;
        }
    }

    pub fn try_acquire(&self) -> bool {
        let somebody_waits = !self.state().tickets.is_empty();
        !somebody_waits && self.ticket().go_through().is_ok()
    }

    fn ticket(&self) -> Ticket<'_> {
        let mut state = self.state();
        let number = state.tickets_given;
        state.tickets_given += 1;
        state.tickets.insert(number);
        Ticket {
            limiter: self,
            number,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ticket<'_> {
    /// Goes through, or says when it is worth looking again.
    fn go_through(&self) -> Result<(), Instant> {
        let now = Instant::now();
        let mut state = self.limiter.state();
        state
            .admissions
            .retain(|admitted| *admitted + self.limiter.window > now);
        if state.admissions.len() == self.limiter.limit {
            return Err(state.admissions[0] + self.limiter.window);
        }
        if state.tickets.first() != Some(&self.number) {
            // There is room, and somebody before us is about to take it.
            return Err(now + Duration::from_millis(1));
        }
        state.admissions.push_back(now);
        Ok(())
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        self.limiter.state().tickets.remove(&self.number);
    }
}

pub async fn rate_limited<F, T>(limiter: &RateLimiter, jobs: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut running: Vec<JoinHandle<T>> = Vec::new();
    for job in jobs {
        limiter.acquire().await;
        running.push(tokio::spawn(job));
    }
    futures::future::try_join_all(running)
        .await
        .expect("a job panicked")
}
