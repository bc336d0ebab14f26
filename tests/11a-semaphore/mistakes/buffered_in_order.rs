//! caught-by: never_idle_while_one_waits
//! finding: underused
//!
//! The misconception: `buffered` begins another call whenever one is over. It does when the
//! *oldest* is: what is done behind that one keeps its place.

use futures::stream::{self, StreamExt};
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
    let tasks = (0..count).map(|n| task(n, &call));
    stream::iter(tasks).buffered(limit).collect().await
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
