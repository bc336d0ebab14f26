//! A roll that threads could share, and a body that is any kind of async closure.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::atomic::{AtomicU32, Ordering};

use futures::FutureExt;
use tokio::task::JoinHandle;

/// A roll of tickets.
pub struct Resource {
    name: String,
    torn_off: AtomicU32,
}

impl Resource {
    /// What `acquire` gave.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Tears off the next ticket: 1, 2, 3, …
    pub fn next(&self) -> u32 {
        self.torn_off.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// Acquires a resource, lends it to `body`, and releases it. `release` gets the name and the number of tickets
/// that were torn off.
pub async fn with_resource<T, R, F, B>(
    acquire: impl AsyncFnOnce() -> String,
    release: R,
    body: B,
) -> T
where
    B: for<'r> AsyncFnOnce(&'r Resource) -> T,
    R: FnOnce(String, u32) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let mut held = Held {
        resource: Resource {
            name: acquire().await,
            torn_off: AtomicU32::new(0),
        },
        release: Some(release),
    };
    let ended = AssertUnwindSafe(body(&held.resource)).catch_unwind().await;
    if let Some(task) = held.let_go() {
        task.await.unwrap_or_default();
    }
    ended.unwrap_or_else(|panic| resume_unwind(panic))
}

/// The resource, and how it is released.
struct Held<R, F>
where
    R: FnOnce(String, u32) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    resource: Resource,
    /// Until it is let go.
    release: Option<R>,
}

impl<R, F> Held<R, F>
where
    R: FnOnce(String, u32) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    /// Starts to release it, in a task of its own. None when that was done before.
    fn let_go(&mut self) -> Option<JoinHandle<()>> {
        let release = self.release.take()?;
        let name = std::mem::take(&mut self.resource.name);
        let torn_off = *self.resource.torn_off.get_mut();
        Some(tokio::spawn(release(name, torn_off)))
    }
}

impl<R, F> Drop for Held<R, F>
where
    R: FnOnce(String, u32) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    /// Nobody waits any more.
    fn drop(&mut self) {
        self.let_go();
    }
}
