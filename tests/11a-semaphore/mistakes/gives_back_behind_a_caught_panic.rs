//! caught-by: a_dropped_caller_leaves_its_place
//! finding: underused
//!
//! The misconception: what stands behind an `.await` always runs, if panics are caught. A future that
//! is dropped there goes no further.

use futures::FutureExt;
use futures::future::join_all;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, resume_unwind};
use tokio::sync::Notify;

pub struct Gate {
    free: Cell<usize>,
    freed: Notify,
}

impl Gate {
    pub fn new(limit: usize) -> Self {
        Self {
            free: Cell::new(limit),
            freed: Notify::new(),
        }
    }

    pub async fn pass<T>(&self, work: impl Future<Output = T>) -> T {
        while self.free.get() == 0 {
            self.freed.notified().await;
        }
        self.free.update(|free| free - 1);
        let result = AssertUnwindSafe(work).catch_unwind().await;
        self.free.update(|free| free + 1);
        self.freed.notify_waiters();
        result.unwrap_or_else(|panic| resume_unwind(panic))
    }
}

pub async fn run_all(
    count: usize,
    limit: usize,
    call: impl AsyncFn(usize) -> Result<String, String>,
) -> Vec<Result<String, String>> {
    let gate = Gate::new(limit);
    join_all((0..count).map(|n| gate.pass(task(n, &call)))).await
}

async fn task(
    n: usize,
    call: &impl AsyncFn(usize) -> Result<String, String>,
) -> Result<String, String> {
    println!("Task {n} starting");
    let answer = call(n).await;
    println!("Task {n} done");
    answer
}
