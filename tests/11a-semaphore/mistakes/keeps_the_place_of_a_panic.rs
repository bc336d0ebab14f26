//! caught-by: a_panic_leaves_its_place
//! finding: underused
//!
//! The misconception: after a panic everything is lost, so a destructor had better do nothing.

use futures::future::join_all;
use std::cell::Cell;
use std::thread;
use tokio::sync::Notify;

pub struct Gate {
    free: Cell<usize>,
    freed: Notify,
}

struct Place<'a>(&'a Gate);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if !thread::panicking() {
            self.0.free.update(|free| free + 1);
            self.0.freed.notify_waiters();
        }
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
        while self.free.get() == 0 {
            self.freed.notified().await;
        }
        self.free.update(|free| free - 1);
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
