//! Tasks of the runtime, in a `JoinSet`; the jobs, which cannot be spawned, as a stream.

use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    IoBound,
    CpuBound,
}

pub async fn in_turn(tasks: &[(&str, Duration)]) {
    for (name, wait) in tasks {
        tokio::spawn(task((*name).to_owned(), *wait)).await.unwrap();
    }
}

pub async fn together(tasks: &[(&str, Duration)]) {
    let mut set = JoinSet::new();
    for (name, wait) in tasks {
        set.spawn(task((*name).to_owned(), *wait));
    }
    set.join_all().await;
}

async fn task(name: String, wait: Duration) {
    println!("{name} starting");
    sleep(wait).await;
    println!("{name} done");
}

pub async fn blocking_together(tasks: &[(&str, Duration)]) {
    let mut set = JoinSet::new();
    for (name, wait) in tasks {
        set.spawn(blocking_task((*name).to_owned(), *wait));
    }
    while let Some(ended) = set.join_next().await {
        ended.unwrap();
    }
}

async fn blocking_task(name: String, wait: Duration) {
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
    let mut runs: FuturesUnordered<_> = (0..times).map(|_| job()).collect();
    while runs.next().await.is_some() {}
    (in_turn, began.elapsed())
}

pub async fn kind_of(job: impl AsyncFn()) -> Kind {
    let (in_turn, together) = compare(3, job).await;
    if together < in_turn {
        Kind::IoBound
    } else {
        Kind::CpuBound
    }
}
