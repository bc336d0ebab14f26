//! Waiting in turn, waiting together, and what gains nothing from either.

use std::time::Duration;

use futures::future::join_all;
use tokio::time::{Instant, sleep};

/// What a job spends its time on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It waits, and leaves the thread to others meanwhile.
    IoBound,
    /// It keeps the thread from its beginning to its end.
    CpuBound,
}

/// Runs the tasks one after another. Each prints `NAME starting`, waits, and prints `NAME done`.
pub async fn in_turn(tasks: &[(&str, Duration)]) {
    for (name, wait) in tasks {
        task(name, *wait).await;
    }
}

/// Runs the tasks at the same time.
pub async fn together(tasks: &[(&str, Duration)]) {
    join_all(tasks.iter().map(|(name, wait)| task(name, *wait))).await;
}

async fn task(name: &str, wait: Duration) {
    println!("{name} starting");
    sleep(wait).await;
    println!("{name} done");
}

/// Runs the tasks at the same time too, but each of them waits with `std::thread::sleep`.
///
/// There is no await in such a task at which another could have its turn.
pub async fn blocking_together(tasks: &[(&str, Duration)]) {
    join_all(tasks.iter().map(|(name, wait)| blocking_task(name, *wait))).await;
}

#[expect(
    clippy::unused_async,
    reason = "an `async fn` that never awaits is what is shown"
)]
async fn blocking_task(name: &str, wait: Duration) {
    println!("{name} starting");
    std::thread::sleep(wait);
    println!("{name} done");
}

/// How long `times` runs of `job` take one after another, and how long they take at the same time.
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

/// Whether runs of `job` gain anything from being run at the same time.
pub async fn kind_of(job: impl AsyncFn()) -> Kind {
    let (in_turn, together) = compare(2, job).await;
    if together < in_turn {
        Kind::IoBound
    } else {
        Kind::CpuBound
    }
}
