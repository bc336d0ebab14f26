//! A future of its own, which polls the operation and then its timer; tasks that end with their guard.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

pub struct TimedOut {
    pub limit: Duration,
}

struct Limited<F> {
    operation: Pin<Box<F>>,
    timer: Option<Pin<Box<Sleep>>>,
}

impl<F: Future> Limited<F> {
    fn new(operation: F, limit: Option<Duration>) -> Self {
        let timer = limit.map(|limit| Box::pin(sleep_until(Instant::now() + limit)));
        Self {
            operation: Box::pin(operation),
            timer,
        }
    }
}

impl<F: Future> Future for Limited<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Poll::Ready(result) = self.operation.as_mut().poll(context) {
            return Poll::Ready(Some(result));
        }
        match &mut self.timer {
            Some(timer) => timer.as_mut().poll(context).map(|()| None),
            None => Poll::Pending,
        }
    }
}

pub async fn wait_for<F, T>(operation: F, limit: Option<Duration>) -> Result<T, TimedOut>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let result = Limited::new(operation, limit).await;
    result.ok_or_else(|| TimedOut {
        limit: limit.unwrap_or_default(),
    })
}

pub async fn wait_but_let_run<F>(operation: F, limit: Duration) -> Result<u32, TimedOut>
where
    F: Future<Output = u32> + Send + 'static,
{
    let task = tokio::spawn(operation);
    let ended = Limited::new(task, Some(limit)).await;
    ended.map(Result::unwrap).ok_or(TimedOut { limit })
}

pub async fn attempts(
    number: u32,
    limit: Duration,
    operation: impl AsyncFn(u32) -> u32,
) -> Result<u32, TimedOut> {
    for attempt in 1..=number {
        if let Some(value) = Limited::new(operation(attempt), Some(limit)).await {
            return Ok(value);
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
