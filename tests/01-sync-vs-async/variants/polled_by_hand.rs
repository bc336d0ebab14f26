//! One `poll_fn` polls all that run together, and every future is in a box.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    IoBound,
    CpuBound,
}

pub async fn in_turn(tasks: &[(&str, Duration)]) {
    for (name, wait) in tasks {
        task(name, *wait).await;
    }
}

pub async fn together(tasks: &[(&str, Duration)]) {
    all(tasks.iter().map(|(name, wait)| task(name, *wait)).collect()).await;
}

async fn task(name: &str, wait: Duration) {
    let end = Instant::now() + wait;
    println!("{name} starting");
    sleep_until(end).await;
    println!("{name} done");
}

pub async fn blocking_together(tasks: &[(&str, Duration)]) {
    all(tasks
        .iter()
        .map(|(name, wait)| blocking_task(name, *wait))
        .collect())
    .await;
}

async fn blocking_task(name: &str, wait: Duration) {
    println!("{name} starting");
    std::thread::sleep(wait);
    println!("{name} done");
}

pub async fn compare(times: u32, job: impl AsyncFn()) -> (Duration, Duration) {
    let began = Instant::now();
    for _ in 0..times {
        job().await;
    }
    let in_turn = began.elapsed();
    let began = Instant::now();
    all((0..times).map(|_| job()).collect()).await;
    (in_turn, began.elapsed())
}

pub async fn kind_of(job: impl AsyncFn()) -> Kind {
    match compare(2, job).await {
        (in_turn, together) if together >= in_turn => Kind::CpuBound,
        _ => Kind::IoBound,
    }
}

async fn all<F: Future<Output = ()>>(futures: Vec<F>) {
    let mut left: Vec<Pin<Box<F>>> = futures.into_iter().map(Box::pin).collect();
    poll_fn(|cx| {
        left.retain_mut(|future| future.as_mut().poll(cx).is_pending());
        if left.is_empty() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}
