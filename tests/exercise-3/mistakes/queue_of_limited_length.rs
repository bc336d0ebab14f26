//! caught-by: admissions_come_in_time
//! finding: panicked
//!
//! The misconception: there will never be more than `limit` callers waiting. The limit is on
//! those who get in; any number may wait.

use std::collections::VecDeque;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::future::join_all;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until};

pub struct RateLimiter {
    line: mpsc::Sender<oneshot::Sender<()>>,
    door: Arc<Mutex<Door>>,
}

struct Door {
    limit: usize,
    window: Duration,
    admissions: VecDeque<Instant>,
    waiting: usize,
}

impl Door {
    fn full_until(&self) -> Option<Instant> {
        let at = *self.admissions.front()? + self.window;
        (self.admissions.len() == self.limit && Instant::now() < at).then_some(at)
    }

    fn admit(&mut self) {
        if self.admissions.len() == self.limit {
            self.admissions.pop_front();
        }
        self.admissions.push_back(Instant::now());
    }
}

struct Waiting<'a>(&'a Mutex<Door>);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.lock().unwrap().waiting -= 1;
    }
}

impl RateLimiter {
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0, "limit must not be zero");
        assert!(!window.is_zero(), "window must not be zero");
        let door = Arc::new(Mutex::new(Door {
            limit: limit as usize,
            window,
            admissions: VecDeque::new(),
            waiting: 0,
        }));
        let (line, callers) = mpsc::channel(limit as usize);
        tokio::spawn(admit_in_order(callers, Arc::clone(&door)));
        Self { line, door }
    }

    pub async fn acquire(&self) {
        self.door.lock().unwrap().waiting += 1;
        let _waiting = Waiting(&self.door);
        let (admit, admitted) = oneshot::channel();
        self.line
            .try_send(admit)
            .expect("there is room in the queue");
        admitted
            .await
            .expect("the task lives as long as the limiter");
    }

    pub fn try_acquire(&self) -> bool {
        let mut door = self.door.lock().unwrap();
        if door.waiting > 0 || door.full_until().is_some() {
            return false;
        }
        door.admit();
        true
    }
}

async fn admit_in_order(mut callers: mpsc::Receiver<oneshot::Sender<()>>, door: Arc<Mutex<Door>>) {
    while let Some(mut caller) = callers.recv().await {
        let full_until = door.lock().unwrap().full_until();
        if let Some(at) = full_until {
            tokio::select! {
                () = sleep_until(at) => {}
                () = caller.closed() => continue,
            }
        }
        let mut door = door.lock().unwrap();
        if caller.send(()).is_ok() {
            door.admit();
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
