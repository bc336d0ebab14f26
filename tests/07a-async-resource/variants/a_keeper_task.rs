//! A task keeps the resources from the start and waits for word of the end; a channel that closes without one says that nobody waits.

use futures::FutureExt;
use std::panic::{AssertUnwindSafe, resume_unwind};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exit {
    Done,
    Failed(String),
    Panicked,
    Cancelled,
}

/// What the keeper is told.
enum Word {
    Keep(u32),
    LetGo(Exit),
}

fn keeper<R, F>(mut release: R) -> (UnboundedSender<Word>, JoinHandle<()>)
where
    R: FnMut(u32, Exit) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let (tell, mut told) = unbounded_channel();
    let keeper = tokio::spawn(async move {
        let mut kept = Vec::new();
        let exit = loop {
            match told.recv().await {
                Some(Word::Keep(resource)) => kept.push(resource),
                Some(Word::LetGo(exit)) => break exit,
                None => break Exit::Cancelled,
            }
        };
        for resource in kept.into_iter().rev() {
            release(resource, exit.clone()).await;
        }
    });
    (tell, keeper)
}

async fn kept<T>(
    tell: UnboundedSender<Word>,
    keeper: JoinHandle<()>,
    scope: impl Future<Output = Result<T, String>>,
) -> Result<T, String> {
    let ended = AssertUnwindSafe(scope).catch_unwind().await;
    let exit = match &ended {
        Ok(Ok(_)) => Exit::Done,
        Ok(Err(error)) => Exit::Failed(error.clone()),
        Err(_) => Exit::Panicked,
    };
    let _ = tell.send(Word::LetGo(exit));
    let _ = keeper.await;
    ended.unwrap_or_else(|panic| resume_unwind(panic))
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
    let (tell, keeper) = keeper(release);
    let scope = async {
        let resource = acquire().await?;
        let _ = tell.send(Word::Keep(resource));
        body(resource).await
    };
    kept(tell.clone(), keeper, scope).await
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
    let (tell, keeper) = keeper(release);
    let scope = async {
        let mut resources = Vec::new();
        for name in names {
            let resource = acquire(name).await?;
            let _ = tell.send(Word::Keep(resource));
            resources.push(resource);
        }
        body(resources).await
    };
    kept(tell.clone(), keeper, scope).await
}
