//! caught-by: every_attempt_has_a_limit_of_its_own
//! finding: wrong-value
//!
//! The misconception: `?` goes on with the loop. It leaves the function.

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
        let attempt = timeout(limit, operation(attempt)).await;
        return Ok(attempt.map_err(|_| TimedOut { limit })?);
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
