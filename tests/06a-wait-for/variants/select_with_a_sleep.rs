//! `select!` between the operation and a sleep; a oneshot for what runs on.

use std::future::Future;
use std::time::Duration;

use tokio::select;
use tokio::sync::oneshot;
use tokio::time::sleep;

pub struct TimedOut {
    pub limit: Duration,
}

pub async fn wait_for<F, T>(operation: F, limit: Option<Duration>) -> Result<T, TimedOut>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let Some(limit) = limit else {
        return Ok(operation.await);
    };
    select! {
        result = operation => Ok(result),
        () = sleep(limit) => Err(TimedOut { limit }),
    }
}

pub async fn wait_but_let_run<F>(operation: F, limit: Duration) -> Result<u32, TimedOut>
where
    F: Future<Output = u32> + Send + 'static,
{
    let (send, result) = oneshot::channel();
    tokio::spawn(async move { send.send(operation.await) });
    select! {
        result = result => Ok(result.unwrap()),
        () = sleep(limit) => Err(TimedOut { limit }),
    }
}

pub async fn attempts(
    number: u32,
    limit: Duration,
    operation: impl AsyncFn(u32) -> u32,
) -> Result<u32, TimedOut> {
    let mut attempt = 0;
    while attempt < number {
        attempt += 1;
        select! {
            value = operation(attempt) => return Ok(value),
            () = sleep(limit) => {}
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
