//! caught-by: who_is_not_in_time_is_not_waited_for
//! finding: too-late
//!
//! The misconception: to measure is to limit. The operation is waited for as long as it takes.

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
        Some(limit) => {
            let began = tokio::time::Instant::now();
            let result = operation.await;
            if began.elapsed() < limit {
                Ok(result)
            } else {
                Err(TimedOut { limit })
            }
        }
        None => Ok(operation.await),
    }
}

pub async fn wait_but_let_run<F>(operation: F, limit: Duration) -> Result<u32, TimedOut>
where
    F: Future<Output = u32> + Send + 'static,
{
    let task = tokio::spawn(operation);
    match timeout(limit, task).await {
        Ok(ended) => Ok(ended.expect("the operation does not panic")),
        Err(_) => Err(TimedOut { limit }),
    }
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
