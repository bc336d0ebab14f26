//! One future by hand: it polls the scope, then the release, and what is left of it when it is dropped is spawned.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::{Pin, pin};
use std::task::Poll;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    Done,
    Failed(String),
    Panicked,
    Cancelled,
}

type Releasing = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What is still to be done when nobody waits any more.
#[derive(Default)]
struct Left(Option<Releasing>);

impl Drop for Left {
    fn drop(&mut self) {
        if let Some(releasing) = self.0.take() {
            tokio::spawn(releasing);
        }
    }
}

/// Lets go of what is held: at the end with the reason, and else as cancelled.
struct Scope<R, F>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    held: Vec<u32>,
    release: Option<R>,
}

impl<R, F> Scope<R, F>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    fn releasing(&mut self, exit: Exit) -> Left {
        let mut held = std::mem::take(&mut self.held);
        let Some(mut release) = self.release.take() else {
            return Left::default();
        };
        if held.is_empty() {
            return Left::default();
        }
        Left(Some(Box::pin(async move {
            while let Some(resource) = held.pop() {
                release(resource, exit.clone()).await;
            }
        })))
    }
}

impl<R, F> Drop for Scope<R, F>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    fn drop(&mut self) {
        drop(self.releasing(Exit::Cancelled));
    }
}

async fn survive<T>(future: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut future = pin!(future);
    std::future::poll_fn(
        |cx| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        },
    )
    .await
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
    let mut once = Some(acquire);
    let acquire = async |_| once.take().expect("one name")().await;
    using_each(
        vec![String::new()],
        acquire,
        async |all| body(all[0]).await,
        release,
    )
    .await
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
    using_each(names, acquire, body, release).await
}

async fn using_each<T, R, F>(
    names: Vec<String>,
    mut acquire: impl AsyncFnMut(String) -> Result<u32, String>,
    body: impl AsyncFnOnce(Vec<u32>) -> Result<T, String>,
    release: R,
) -> Result<T, String>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let mut scope = Scope {
        held: Vec::new(),
        release: Some(release),
    };
    let ended = survive(async {
        for name in names {
            scope.held.push(acquire(name).await?);
        }
        body(scope.held.clone()).await
    })
    .await;
    let mut left = scope.releasing(match &ended {
        Ok(Ok(_)) => Exit::Done,
        Ok(Err(error)) => Exit::Failed(error.clone()),
        Err(_) => Exit::Panicked,
    });
    if let Some(releasing) = &mut left.0 {
        releasing.await;
        left.0 = None;
    }
    match ended {
        Ok(result) => result,
        Err(panic) => resume_unwind(panic),
    }
}
