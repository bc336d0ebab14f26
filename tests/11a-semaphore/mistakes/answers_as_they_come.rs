//! caught-by: says_who_is_inside
//! finding: wrong-order
//!
//! The misconception: a collection of futures gives results in the order in which they were put in.

use futures::stream::{FuturesUnordered, StreamExt};
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
        let _place = self.places.acquire().await.unwrap();
        work.await
    }
}

pub async fn run_all(
    count: usize,
    limit: usize,
    call: impl AsyncFn(usize) -> Result<String, String>,
) -> Vec<Result<String, String>> {
    let gate = Gate::new(limit);
    let tasks: FuturesUnordered<_> = (0..count).map(|n| gate.pass(task(n, &call))).collect();
    tasks.collect().await
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
