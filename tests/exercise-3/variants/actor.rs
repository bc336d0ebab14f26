//! An actor: one task reads requests from a channel, in order, and answers each through its
//! `oneshot` when there is room. Requests whose caller has gone are skipped. The task ends when the
//! limiter, and with it the channel's sender, is dropped.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until};

type Request = oneshot::Sender<()>;

pub struct RateLimiter {
    requests: mpsc::UnboundedSender<Request>,
    desk: Arc<Desk>,
}

/// What the actor shares with `try_acquire`, which cannot wait for an answer.
struct Desk(Mutex<Book>);

struct Book {
    limit: usize,
    window: Duration,
    admissions: VecDeque<Instant>,
    waiting: usize,
}

impl Desk {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets `request` in if there is room, else gives it back with the instant to try again.
    fn answer(&self, request: Request) -> Result<(), (Request, Instant)> {
        let mut book = self.book();
        if let Some(at) = book.full_until() {
            return Err((request, at));
        }
        // A caller that has gone away takes no permit.
        if request.send(()).is_ok() {
            book.admit();
        }
        Ok(())
    }
}

impl Book {
    fn full_until(&self) -> Option<Instant> {
        let oldest = self.admissions.front()?;
        let at = *oldest + self.window;
        (self.admissions.len() == self.limit && Instant::now() < at).then_some(at)
    }

    fn admit(&mut self) {
        if self.admissions.len() == self.limit {
            self.admissions.pop_front();
        }
        self.admissions.push_back(Instant::now());
    }
}

/// A caller that waits, counted for as long as this lives.
struct Waiting<'a>(&'a Desk);

impl<'a> Waiting<'a> {
    fn at(desk: &'a Desk) -> Self {
        desk.book().waiting += 1;
        Self(desk)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.book().waiting -= 1;
    }
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        let desk = Arc::new(Desk(Mutex::new(Book {
            limit: limit as usize,
            window,
            admissions: VecDeque::new(),
            waiting: 0,
        })));
        let (requests, inbox) = mpsc::unbounded_channel();
        tokio::spawn(admit_in_order(inbox, Arc::clone(&desk)));
        Self { requests, desk }
    }

    pub async fn acquire(&self) {
        let _waiting = Waiting::at(&self.desk);
        let (request, answer) = oneshot::channel();
        self.requests
            .send(request)
            .expect("the actor lives as long as the limiter");
        answer.await.expect("the actor answers whoever still waits");
    }

    pub fn try_acquire(&self) -> bool {
        let mut book = self.desk.book();
        let admitted = book.waiting == 0 && book.full_until().is_none();
        if admitted {
            book.admit();
        }
        admitted
    }
}

async fn admit_in_order(mut inbox: mpsc::UnboundedReceiver<Request>, desk: Arc<Desk>) {
    while let Some(mut request) = inbox.recv().await {
        while let Err((refused, at)) = desk.answer(request) {
            request = refused;
            tokio::select! {
                () = sleep_until(at) => {}
                () = request.closed() => break,
            }
        }
    }
}

pub async fn rate_limited<F, T>(limiter: &RateLimiter, jobs: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut running = Vec::new();
    for job in jobs {
        limiter.acquire().await;
        let (done, result) = oneshot::channel();
        tokio::spawn(async move {
            let _ = done.send(job.await);
        });
        running.push(result);
    }
    futures::future::try_join_all(running)
        .await
        .expect("a job panicked")
}
