//! A resource that is acquired, used and released, whichever way its use ends.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, resume_unwind};

use futures::FutureExt;
use tokio::task::JoinHandle;

/// How the use of a resource ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    /// With a value.
    Done,
    /// With this error.
    Failed(String),
    /// With a panic.
    Panicked,
    /// Nobody waits for it any more.
    Cancelled,
}

/// Acquires a resource, lends it to `body`, and releases it.
///
/// # Errors
/// Those of `acquire` and `body`.
pub async fn using<T, R, F>(
    acquire: impl AsyncFnOnce() -> Result<u32, String>,
    body: impl AsyncFnOnce(u32) -> Result<T, String>,
    release: R,
) -> Result<T, String>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let scope = async |held: &mut Held<R, F>| {
        let only = acquire().await?;
        held.resources.push_back(only);
        body(only).await
    };
    hold(release, scope).await
}

/// Acquires a resource for each of `names` in turn, lends all of them to `body`, and releases them in
/// reverse.
///
/// # Errors
/// Those of `acquire` and `body`.
pub async fn using_all<T, R, F>(
    names: Vec<String>,
    acquire: impl AsyncFn(String) -> Result<u32, String>,
    body: impl AsyncFnOnce(Vec<u32>) -> Result<T, String>,
    release: R,
) -> Result<T, String>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let scope = async |held: &mut Held<R, F>| {
        for name in names {
            let resource = acquire(name).await?;
            held.resources.push_back(resource);
        }
        body(held.resources.iter().copied().collect()).await
    };
    hold(release, scope).await
}

/// Runs `scope`, and releases what it holds by then.
async fn hold<T, R, F>(
    release: R,
    scope: impl AsyncFnOnce(&mut Held<R, F>) -> Result<T, String>,
) -> Result<T, String>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let mut held = Held {
        resources: VecDeque::new(),
        release: Some(release),
    };
    let ended = AssertUnwindSafe(scope(&mut held)).catch_unwind().await;
    let exit = match &ended {
        Ok(Ok(_)) => Exit::Done,
        Ok(Err(error)) => Exit::Failed(error.clone()),
        Err(_) => Exit::Panicked,
    };
    if let Some(task) = held.let_go(exit) {
        task.await.unwrap_or_default();
    }
    ended.unwrap_or_else(|panic| resume_unwind(panic))
}

/// The resources that are held, in the order in which they were acquired.
struct Held<R, F>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    resources: VecDeque<u32>,
    /// Until they are let go.
    release: Option<R>,
}

impl<R, F> Held<R, F>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    /// Starts to release them, the last one first, in a task of its own: whoever stops waiting for it does not
    /// stop it. None when there is nothing to release, or no longer.
    fn let_go(&mut self, exit: Exit) -> Option<JoinHandle<()>> {
        if self.resources.is_empty() {
            return None;
        }
        let mut release = self.release.take()?;
        let mut resources = std::mem::take(&mut self.resources);
        let task = async move {
            while let Some(resource) = resources.pop_back() {
                release(resource, exit.clone()).await;
            }
        };
        Some(tokio::spawn(task))
    }
}

impl<R, F> Drop for Held<R, F>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    /// An await is not possible in here, but a task is.
    fn drop(&mut self) {
        self.let_go(Exit::Cancelled);
    }
}
