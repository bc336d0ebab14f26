//! Every operation is a task, which a guard aborts wherever the caller is dropped.

use std::future::Future;
use std::time::Duration;

use tokio::time::timeout;
use tokio_util::task::AbortOnDropHandle;

pub struct TimedOut {
    pub limit: Duration,
}

pub async fn wait_for<F, T>(operation: F, limit: Option<Duration>) -> Result<T, TimedOut>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let task = AbortOnDropHandle::new(tokio::spawn(operation));
    match limit {
        None => Ok(task.await.unwrap()),
        Some(limit) => match timeout(limit, task).await {
            Ok(ended) => Ok(ended.unwrap()),
            Err(_) => Err(TimedOut { limit }),
        },
    }
}

pub async fn wait_but_let_run<F>(operation: F, limit: Duration) -> Result<u32, TimedOut>
where
    F: Future<Output = u32> + Send + 'static,
{
    match timeout(limit, tokio::spawn(operation)).await {
        Ok(ended) => Ok(ended.unwrap()),
        Err(_) => Err(TimedOut { limit }),
    }
}

pub async fn attempts(
    number: u32,
    limit: Duration,
    operation: impl AsyncFn(u32) -> u32,
) -> Result<u32, TimedOut> {
    for attempt in 1..=number {
        match timeout(limit, operation(attempt)).await {
            Ok(value) => return Ok(value),
            Err(_) => continue,
        }
    }
    Err(TimedOut { limit })
}

pub async fn report<F>(operation: F, limit: Duration)
where
    F: Future<Output = String> + Send + 'static,
{
    let text = wait_for(operation, Some(limit)).await;
    println!("{}", text.unwrap_or_else(|_| "Timeout!".to_owned()));
}
