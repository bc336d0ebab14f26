//! caught-by: a_blocking_wait_takes_the_sum_again
//! finding: wrong-value
//!
//! The misconception: whatever takes the sum blocks. These tasks wait in turn, and leave the thread to
//! others meanwhile.

use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep};

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
    join_all(tasks.iter().map(|(name, wait)| task(name, *wait))).await;
}

async fn task(name: &str, wait: Duration) {
    println!("{name} starting");
    sleep(wait).await;
    println!("{name} done");
}

pub async fn blocking_together(tasks: &[(&str, Duration)]) {
    for (name, wait) in tasks {
        task(name, *wait).await;
    }
}

pub async fn compare(times: u32, job: impl AsyncFn()) -> (Duration, Duration) {
    let began = Instant::now();
    for _ in 0..times {
        job().await;
    }
    let in_turn = began.elapsed();
    let began = Instant::now();
    join_all((0..times).map(|_| job())).await;
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
