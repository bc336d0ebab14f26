//! A stream of tasks, one at a time or as many as there are.

use std::time::Duration;

use futures::stream::{self, StreamExt};
use tokio::time::{Instant, sleep};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    IoBound,
    CpuBound,
}

pub async fn in_turn(tasks: &[(&str, Duration)]) {
    stream::iter(tasks)
        .for_each_concurrent(1, async |(name, wait)| task(name, *wait).await)
        .await;
}

pub async fn together(tasks: &[(&str, Duration)]) {
    stream::iter(tasks)
        .for_each_concurrent(None, async |(name, wait)| task(name, *wait).await)
        .await;
}

async fn task(name: &str, wait: Duration) {
    println!("{name} starting");
    sleep(wait).await;
    println!("{name} done");
}

pub async fn blocking_together(tasks: &[(&str, Duration)]) {
    stream::iter(tasks)
        .for_each_concurrent(None, async |(name, wait)| blocking_task(name, *wait).await)
        .await;
}

async fn blocking_task(name: &str, wait: Duration) {
    println!("{name} starting");
    std::thread::sleep(wait);
    println!("{name} done");
}

pub async fn compare(times: u32, job: impl AsyncFn()) -> (Duration, Duration) {
    let mut took = [Duration::ZERO; 2];
    for (at_once, took) in [Some(1), None].into_iter().zip(&mut took) {
        let began = Instant::now();
        stream::iter(0..times)
            .for_each_concurrent(at_once, async |_| job().await)
            .await;
        *took = began.elapsed();
    }
    (took[0], took[1])
}

pub async fn kind_of(job: impl AsyncFn()) -> Kind {
    let (in_turn, together) = compare(3, job).await;
    if together < in_turn {
        Kind::IoBound
    } else {
        Kind::CpuBound
    }
}
