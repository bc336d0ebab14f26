//! caught-by: never_idle_while_one_waits
//! finding: blocked-executor
//!
//! The misconception: a place is waited for as on a thread: sleep a little, and look again.

use futures::future::join_all;
use std::thread;
use std::time::Duration;
use tokio::sync::Semaphore;

pub struct Gate {
    places: Semaphore,
}

impl Gate {
    pub fn new(limit: usize) -> Self {
        let places = Semaphore::new(limit);
        Self { places }
    }

    pub async fn pass<T>(&self, work: impl Future<Output = T>) -> T {
        let _place = loop {
            match self.places.try_acquire() {
                Ok(place) => break place,
                Err(_) => thread::sleep(Duration::from_millis(10)),
            }
            tokio::task::yield_now().await;
        };
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
