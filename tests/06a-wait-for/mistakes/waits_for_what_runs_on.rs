//! caught-by: it_runs_on_where_it_shall
//! finding: wrong-value
//!
//! The misconception: an operation that runs on has to be waited for before one can return.

use std::future::Future;
use std::time::Duration;

use tokio::time::timeout;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimedOut {
    pub limit: Duration,
}

pub async fn wait_for<F, T>(operation: F, limit: Option<Duration>) -> Result<T, TimedOut>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    match limit {
        Some(limit) => timeout(limit, operation)
            .await
            .map_err(|_| TimedOut { limit }),
        None => Ok(operation.await),
    }
}

pub async fn wait_but_let_run<F>(operation: F, limit: Duration) -> Result<u32, TimedOut>
where
    F: Future<Output = u32> + Send + 'static,
{
    let mut task = tokio::spawn(operation);
    let in_time = timeout(limit, &mut task).await;
    let ended = match in_time {
        Ok(ended) => ended,
        Err(_) => task.await,
    };
    Ok(ended.expect("the operation does not panic"))
}

pub async fn attempts(
    number: u32,
    limit: Duration,
    operation: impl AsyncFn(u32) -> u32,
) -> Result<u32, TimedOut> {
    for attempt in 1..=number {
        if let Ok(value) = timeout(limit, operation(attempt)).await {
            return Ok(value);
        }
    }
    Err(TimedOut { limit })
}

pub async fn report<F>(operation: F, limit: Duration)
where
    F: Future<Output = String> + Send + 'static,
{
    match wait_for(operation, Some(limit)).await {
        Ok(text) => println!("{text}"),
        Err(_) => println!("Timeout!"),
    }
}
