//! caught-by: the_pool_is_full_and_never_fuller
//! finding: underused
//!
//! The misconception: a program has one pool. This one has as many places as the first that was made.

use std::any::Any;
use std::sync::{Arc, OnceLock};

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Runs `job` on a thread of tokio's own pool, and gives its value, or the message of its panic.
///
/// # Errors
/// When `job` panics.
pub async fn to_thread(job: impl FnOnce() -> u32 + Send + 'static) -> Result<u32, String> {
    let ended = spawn_blocking(job).await;
    ended.map_err(|error| message(&*error.into_panic()))
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

/// Runs so many blocking jobs at a time, and no more.
pub struct Pool {
    free: Arc<Semaphore>,
}

impl Pool {
    /// A pool that runs `threads` jobs at a time.
    pub fn new(threads: usize) -> Self {
        static FREE: OnceLock<Arc<Semaphore>> = OnceLock::new();
        let free = FREE.get_or_init(|| Arc::new(Semaphore::new(threads)));
        Self { free: free.clone() }
    }

    /// Waits for a free place, runs `job`, and gives its value, or the message of its panic.
    ///
    /// # Errors
    /// When `job` panics.
    pub async fn run(&self, job: impl FnOnce() -> u32 + Send + 'static) -> Result<u32, String> {
        let place = self.free.clone().acquire_owned().await;
        let place = place.expect("nobody closes the semaphore");
        let job = move || {
            // With the job, not with whoever waits for it: that one may go before the job is done.
            let _place = place;
            job()
        };
        to_thread(job).await
    }
}
