//! caught-by: never_more_than_the_limit
//! finding: unbounded
//!
//! The misconception: a count that may not pass the limit is compared with `<=`.

use futures::future::join_all;
use std::cell::Cell;
use tokio::sync::Notify;

pub struct Gate {
    limit: usize,
    inside: Cell<usize>,
    left: Notify,
}

struct Place<'a>(&'a Gate);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.inside.update(|inside| inside - 1);
        self.0.left.notify_waiters();
    }
}

impl Gate {
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            inside: Cell::new(0),
            left: Notify::new(),
        }
    }

    pub async fn pass<T>(&self, work: impl Future<Output = T>) -> T {
        let left = self.left.notified();
        if self.inside.get() <= self.limit {
            drop(left);
        } else {
            left.await;
        }
        self.inside.update(|inside| inside + 1);
        let _place = Place(self);
        work.await
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
