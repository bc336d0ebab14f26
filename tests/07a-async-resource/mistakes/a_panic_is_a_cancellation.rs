//! caught-by: a_panic_releases_too
//! finding: wrong-value
//!
//! The misconception: a guard sees every end there is. It does not see which one it is, and nobody waits for what it spawns.

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
    let ended = scope.await;
    let exit = match &ended {
        Ok(_) => Exit::Done,
        Err(error) => Exit::Failed(error.clone()),
    };
    if let Some(releasing) = held.let_go(exit) {
        let _ = releasing.await;
    }
    ended
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
    let ended = scope.await;
    let exit = match &ended {
        Ok(_) => Exit::Done,
        Err(error) => Exit::Failed(error.clone()),
    };
    if let Some(releasing) = held.let_go(exit) {
        let _ = releasing.await;
    }
    ended
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

impl<R, F> Drop for Held<R, F>
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    fn drop(&mut self) {
        self.let_go(Exit::Cancelled);
    }
}
