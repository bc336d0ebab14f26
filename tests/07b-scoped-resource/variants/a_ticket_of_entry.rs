//! What is lent is a small value with a lifetime of its own, and the roll stays with the scope.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, resume_unwind};

use futures::FutureExt;
use tokio::task::JoinHandle;

/// What stands for the roll in its scope.
pub struct Resource<'scope> {
    roll: &'scope Roll,
}

struct Roll {
    name: String,
    torn_off: Cell<u32>,
}

impl Resource<'_> {
    /// What `acquire` gave.
    pub fn name(&self) -> &str {
        &self.roll.name
    }

    /// Tears off the next ticket: 1, 2, 3, …
    pub fn next(&self) -> u32 {
        self.roll.torn_off.update(|last| last + 1);
        self.roll.torn_off.get()
    }
}

/// Acquires a resource, lends it to `body`, and releases it. `release` gets the name and the number of tickets
/// that were torn off.
pub async fn with_resource<T, R, F>(
    acquire: impl AsyncFnOnce() -> String,
    release: R,
    body: impl AsyncFnOnce(Resource<'_>) -> T,
) -> T
where
    R: FnOnce(String, u32) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let mut held = Held {
        roll: Roll {
            name: acquire().await,
            torn_off: Cell::new(0),
        },
        release: Some(release),
    };
    let ended = AssertUnwindSafe(body(Resource { roll: &held.roll }))
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
    roll: Roll,
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
        let name = std::mem::take(&mut self.roll.name);
        let torn_off = self.roll.torn_off.get();
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
