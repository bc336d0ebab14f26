//! caught-by: never_more_than_the_limit
//! finding: unbounded
//!
//! The misconception: the service will make callers wait when it is full.

use futures::future::join_all;
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
    let _ = limit;
    join_all((0..count).map(|n| task(n, &call))).await
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
