//! No semaphore: a count of free places, a guard that gives one back, and a `Notify` for those who wait.

use futures::future::join_all;
use std::cell::Cell;
use tokio::sync::Notify;

pub struct Gate {
    free: Cell<usize>,
    freed: Notify,
}

struct Place<'a>(&'a Gate);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.free.update(|free| free + 1);
        self.0.freed.notify_waiters();
    }
}

impl Gate {
    pub fn new(limit: usize) -> Self {
        Self {
            free: Cell::new(limit),
            freed: Notify::new(),
        }
    }

    pub async fn pass<T>(&self, work: impl Future<Output = T>) -> T {
        let _place = self.place().await;
        work.await
    }

    async fn place(&self) -> Place<'_> {
        // Between the look and the wait nothing else runs: the gate stays on one thread.
        while self.free.get() == 0 {
            self.freed.notified().await;
        }
        self.free.update(|free| free - 1);
        Place(self)
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
