//! caught-by: released_wherever_it_is_dropped
//! finding: cancel-unsafe
//!
//! The misconception: code behind an `.await` runs in the end, whatever happens, once panics are caught. A future that is dropped stops.

use futures::FutureExt;
use std::panic::{AssertUnwindSafe, resume_unwind};
use tokio::task::JoinHandle;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    Done,
    Failed(String),
    Panicked,
    Cancelled,
}

pub async fn using<T, R, F>(
    acquire: impl AsyncFnOnce() -> Result<u32, String>,
    body: impl AsyncFnOnce(u32) -> Result<T, String>,
    release: R,
) -> Result<T, String>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let mut held = Held::new(release);
    let scope = async {
        let resource = acquire().await?;
        held.resources.push(resource);
        body(resource).await
    };
    let ended = AssertUnwindSafe(scope).catch_unwind().await;
    let exit = match &ended {
        Ok(Ok(_)) => Exit::Done,
        Ok(Err(error)) => Exit::Failed(error.clone()),
        Err(_) => Exit::Panicked,
    };
    if let Some(releasing) = held.let_go(exit) {
        let _ = releasing.await;
    }
    ended.unwrap_or_else(|panic| resume_unwind(panic))
}

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
    let mut held = Held::new(release);
    let scope = async {
        for name in names {
            let resource = acquire(name).await?;
            held.resources.push(resource);
        }
        body(held.resources.clone()).await
    };
    let ended = AssertUnwindSafe(scope).catch_unwind().await;
    let exit = match &ended {
        Ok(Ok(_)) => Exit::Done,
        Ok(Err(error)) => Exit::Failed(error.clone()),
        Err(_) => Exit::Panicked,
    };
    if let Some(releasing) = held.let_go(exit) {
        let _ = releasing.await;
    }
    ended.unwrap_or_else(|panic| resume_unwind(panic))
}

struct Held<R, F>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    resources: Vec<u32>,
    release: Option<R>,
}

impl<R, F> Held<R, F>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    fn new(release: R) -> Self {
        Self {
            resources: Vec::new(),
            release: Some(release),
        }
    }

    fn let_go(&mut self, exit: Exit) -> Option<JoinHandle<()>> {
        let mut release = self.release.take()?;
        let mut resources = std::mem::take(&mut self.resources);
        Some(tokio::spawn(async move {
            while let Some(resource) = resources.pop() {
                release(resource, exit.clone()).await;
            }
        }))
    }
}
