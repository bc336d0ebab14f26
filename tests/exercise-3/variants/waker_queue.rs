//! A future written by hand: a queue of wakers, a log of admissions, and a timer in the future at
//! the head of the queue. Leaving the queue, by admission or by drop, wakes the next head.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use tokio::time::{Instant, Sleep, sleep_until};

pub struct RateLimiter {
    limit: usize,
    window: Duration,
    door: Mutex<Door>,
}

struct Door {
    /// When the last `limit` callers came in, oldest first.
    admissions: VecDeque<Instant>,
    /// Who waits, first come first, by ticket.
    queue: VecDeque<(u64, Waker)>,
    next_ticket: u64,
}

impl Door {
    fn head(&self) -> Option<u64> {
        self.queue.front().map(|(ticket, _)| *ticket)
    }

    /// Puts a newcomer at the end of the queue, or keeps the place of one that is in it.
    fn queue_up(&mut self, ticket: Option<u64>, waker: &Waker) -> u64 {
        if let Some(place) = self
            .queue
            .iter_mut()
            .find(|(held, _)| Some(*held) == ticket)
        {
            place.1.clone_from(waker);
            return place.0;
        }
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.queue.push_back((ticket, waker.clone()));
        ticket
    }

    fn leave(&mut self, ticket: u64) {
        let was_head = self.head() == Some(ticket);
        self.queue.retain(|(held, _)| *held != ticket);
        if let (true, Some((_, waker))) = (was_head, self.queue.front()) {
            waker.wake_by_ref();
        }
    }
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        Self {
            limit: limit as usize,
            window,
            door: Mutex::new(Door {
                admissions: VecDeque::new(),
                queue: VecDeque::new(),
                next_ticket: 0,
            }),
        }
    }

    pub async fn acquire(&self) {
        let acquire = Acquire {
            limiter: self,
            ticket: None,
            timer: None,
        };
        acquire.await;
    }

    pub fn try_acquire(&self) -> bool {
        let mut door = self.door();
        if !door.queue.is_empty() || self.full_until(&door).is_some() {
            return false;
        }
        self.admit(&mut door);
        true
    }

    fn door(&self) -> MutexGuard<'_, Door> {
        self.door.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn full_until(&self, door: &Door) -> Option<Instant> {
        let at = *door.admissions.front()? + self.window;
        (door.admissions.len() == self.limit && Instant::now() < at).then_some(at)
    }

    fn admit(&self, door: &mut Door) {
        if door.admissions.len() == self.limit {
            door.admissions.pop_front();
        }
        door.admissions.push_back(Instant::now());
    }
}

struct Acquire<'a> {
    limiter: &'a RateLimiter,
    /// This caller's place in the queue, while it has one.
    ticket: Option<u64>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Future for Acquire<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let limiter = self.limiter;
        let mut door = limiter.door();
        let ticket = door.queue_up(self.ticket, cx.waker());
        self.ticket = Some(ticket);
        if door.head() != Some(ticket) {
            return Poll::Pending;
        }
        if let Some(at) = limiter.full_until(&door) {
            drop(door);
            let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(at)));
            ready!(timer.as_mut().poll(cx));
            door = limiter.door();
        }
        limiter.admit(&mut door);
        door.leave(ticket);
        self.ticket = None;
        Poll::Ready(())
    }
}

impl Drop for Acquire<'_> {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            self.limiter.door().leave(ticket);
        }
    }
}

pub async fn rate_limited<F, T>(limiter: &RateLimiter, jobs: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut results: Vec<Option<T>> = Vec::new();
    results.resize_with(jobs.len(), || None);
    let mut running: FuturesUnordered<_> = jobs
        .into_iter()
        .enumerate()
        .map(|(index, job)| async move {
            limiter.acquire().await;
            (index, job.await)
        })
        .collect();
    while let Some((index, result)) = running.next().await {
        results[index] = Some(result);
    }
    results.into_iter().flatten().collect()
}
