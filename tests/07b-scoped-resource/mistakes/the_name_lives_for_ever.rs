//! caught-by: nothing_gets_out
//! finding: escapes
//!
//! The misconception: a name is only a text, and may as well be `&'static str`. Then it is no part of the resource, and stays when that is gone.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, resume_unwind};

use futures::FutureExt;
use tokio::task::JoinHandle;

/// A roll of tickets.
pub struct Resource {
    name: &'static str,
    torn_off: Cell<u32>,
}

impl Resource {
    /// What `acquire` gave.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Tears off the next ticket: 1, 2, 3, …
    pub fn next(&self) -> u32 {
        let ticket = self.torn_off.get() + 1;
        self.torn_off.set(ticket);
        ticket
    }
}

/// Acquires a resource, lends it to `body`, and releases it. `release` gets the name and the number of tickets
/// that were torn off.
pub async fn with_resource<T, R, F>(
    acquire: impl AsyncFnOnce() -> String,
    release: R,
    body: impl AsyncFnOnce(&Resource) -> T,
) -> T
where
    R: FnOnce(String, u32) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let mut held = Held {
        resource: Resource {
            name: acquire().await.leak(),
            torn_off: Cell::new(0),
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
        let name = self.resource.name.to_owned();
        let torn_off = self.resource.torn_off.get();
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
