//! A chain of boxed releases, as an `AsyncExitStack` keeps them; the last link is let go first.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::{Arc, Mutex};

use futures::FutureExt;
use futures::future::BoxFuture;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    Done,
    Failed(String),
    Panicked,
    Cancelled,
}

/// How one scope releases what it holds.
type Release = Box<dyn FnOnce(Exit) -> BoxFuture<'static, ()> + Send>;

/// A chain of releases; the last link is let go first.
#[derive(Default)]
struct Chain(Vec<Release>);

impl Chain {
    fn let_go(&mut self, exit: &Exit) -> BoxFuture<'static, ()> {
        let links = std::mem::take(&mut self.0);
        let exit = exit.clone();
        Box::pin(async move {
            for link in links.into_iter().rev() {
                link(exit.clone()).await;
            }
        })
    }
}

impl Drop for Chain {
    fn drop(&mut self) {
        if !self.0.is_empty() {
            tokio::spawn(self.let_go(&Exit::Cancelled));
        }
    }
}

async fn chained<T>(
    scope: impl AsyncFnOnce(&RefCell<Chain>) -> Result<T, String>,
) -> Result<T, String> {
    let chain = RefCell::new(Chain::default());
    let ended = AssertUnwindSafe(scope(&chain)).catch_unwind().await;
    let exit = match &ended {
        Ok(Ok(_)) => Exit::Done,
        Ok(Err(error)) => Exit::Failed(error.clone()),
        Err(_) => Exit::Panicked,
    };
    let releasing = chain.borrow_mut().let_go(&exit);
    let _ = tokio::spawn(releasing).await;
    match ended {
        Ok(result) => result,
        Err(panic) => resume_unwind(panic),
    }
}

fn link<R, F>(release: &Arc<Mutex<R>>, resource: u32) -> Release
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let release = release.clone();
    Box::new(move |exit| {
        let releasing = {
            let mut release = release.lock().unwrap();
            release(resource, exit)
        };
        Box::pin(releasing)
    })
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
    let release = Arc::new(Mutex::new(release));
    chained(async |chain| {
        let resource = acquire().await?;
        chain.borrow_mut().0.push(link(&release, resource));
        body(resource).await
    })
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
    let release = Arc::new(Mutex::new(release));
    chained(async |chain| {
        let mut resources = Vec::new();
        for name in names {
            let resource = acquire(name).await?;
            chain.borrow_mut().0.push(link(&release, resource));
            resources.push(resource);
        }
        body(resources).await
    })
    .await
}
