//! caught-by: who_is_in_time_is_answered
//! finding: too-late
//!
//! The misconception: a task has to be asked whether it is done. Its handle wakes whoever awaits it.

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
            let task = tokio::task::JoinSet::from_iter([operation]);
            let mut tasks = task;
            for _ in 0..limit.as_millis() / 100 {
                tokio::time::sleep(Duration::from_millis(100)).await;
                if let Some(ended) = tasks.try_join_next() {
                    return Ok(ended.expect("the operation does not panic"));
                }
            }
            tokio::time::sleep(Duration::from_millis(
                u64::from(limit.subsec_millis()) % 100,
            ))
            .await;
            Err(TimedOut { limit })
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
