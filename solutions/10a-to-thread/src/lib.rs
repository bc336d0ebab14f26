//! Blocking work beside the executor: on tokio's pool, and on a bounded one.

use std::any::Any;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Runs `job` on a thread of tokio's own pool, and gives its value, or the message of its panic.
///
/// # Errors
/// When `job` panics.
pub async fn to_thread(job: impl FnOnce() -> u32 + Send + 'static) -> Result<u32, String> {
    let error = match spawn_blocking(job).await {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    if error.is_cancelled() {
        // The runtime ends before the job has begun, and whoever waits here with it.
        return Err("cancelled".to_owned());
    }
    Err(message(&*error.into_panic()))
}

/// `panic!` has a `&str` for its payload where the message is a literal, and a `String` where it was formatted.
fn message(payload: &(dyn Any + Send)) -> String {
    let literal = payload.downcast_ref::<&str>().copied();
    let formatted = payload.downcast_ref::<String>();
    if literal.is_none() && formatted.is_none() {
        return "unknown".to_owned();
    }
    if let Some(formatted) = formatted {
        return formatted.clone();
    }
    literal.unwrap_or_default().to_owned()
}

/// Runs so many blocking jobs at a time, and no more.
pub struct Pool {
    free: Arc<Semaphore>,
}

impl Pool {
    /// A pool that runs `threads` jobs at a time.
    pub fn new(threads: usize) -> Self {
        let free = Arc::new(Semaphore::new(threads));
        Self { free }
    }

    /// Waits for a free place, runs `job`, and gives its value, or the message of its panic.
    ///
    /// # Errors
    /// When `job` panics.
    pub async fn run(&self, job: impl FnOnce() -> u32 + Send + 'static) -> Result<u32, String> {
        let place = self.free.clone().acquire_owned().await;
        let place = place.expect("nobody closes the semaphore");
        let job = move || {
            let value = job();
            // With the job, not with whoever waits for it: that one may go before the job is done.
            drop(place);
            value
        };
        to_thread(job).await
    }
}
