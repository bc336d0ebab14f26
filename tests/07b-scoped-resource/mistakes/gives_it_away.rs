//! caught-by: nothing_gets_out
//! finding: escapes
//!
//! The misconception: what a function is given is gone when it returns. It is the function's own: it may return it, too.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::rc::Rc;

use futures::FutureExt;
use tokio::task::JoinHandle;

/// A roll of tickets.
pub struct Resource {
    name: String,
    torn_off: Rc<Cell<u32>>,
}

impl Resource {
    /// What `acquire` gave.
    pub fn name(&self) -> &str {
        &self.name
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
    body: impl AsyncFnOnce(Resource) -> T,
) -> T
where
    R: FnOnce(String, u32) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let mut held = Held {
        resource: Resource {
            name: acquire().await,
            torn_off: Rc::default(),
        },
        release: Some(release),
    };
    let ended = AssertUnwindSafe(body(Resource {
        name: held.resource.name.clone(),
        torn_off: held.resource.torn_off.clone(),
    }))
    .catch_unwind()
    .await;
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
