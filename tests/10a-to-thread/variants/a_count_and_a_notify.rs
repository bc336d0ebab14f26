//! Places by hand, and a job that catches its own panic and answers through a channel.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, oneshot};

pub async fn to_thread(job: impl FnOnce() -> u32 + Send + 'static) -> Result<u32, String> {
    let (answer, result) = oneshot::channel();
    tokio::runtime::Handle::current().spawn_blocking(move || {
        let ended = catch_unwind(AssertUnwindSafe(job));
        let _ = answer.send(ended.map_err(|payload| message(&*payload)));
    });
    result.await.expect("every job answers")
}

/// `panic!` has a `&str` for its payload where the message is a literal, and a `String` where it was formatted.
fn message(payload: &(dyn Any + Send)) -> String {
    if let Some(literal) = payload.downcast_ref::<&str>() {
        return (*literal).to_owned();
    }
    if let Some(formatted) = payload.downcast_ref::<String>() {
        return formatted.clone();
    }
    "unknown".to_owned()
}

#[derive(Default)]
struct Places {
    free: Mutex<usize>,
    freed: Notify,
}

struct Place(Arc<Places>);

impl Drop for Place {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

impl Places {
    fn take(self: &Arc<Self>) -> Option<Place> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        *free = free.checked_sub(1)?;
        Some(Place(self.clone()))
    }
}

pub struct Pool(Arc<Places>);

impl Pool {
    pub fn new(threads: usize) -> Self {
        let free = Mutex::new(threads);
        let freed = Notify::new();
        Self(Arc::new(Places { free, freed }))
    }

    pub async fn run(&self, job: impl FnOnce() -> u32 + Send + 'static) -> Result<u32, String> {
        let place = loop {
            match self.0.take() {
                Some(place) => break place,
                None => self.0.freed.notified().await,
            }
        };
        to_thread(move || {
            let value = job();
            drop(place);
            value
        })
        .await
    }
}
