//! caught-by: never_idle_while_one_waits
//! finding: underused
//!
//! The misconception: three at a time means three, then the next three.

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
    let numbers: Vec<usize> = (0..count).collect();
    let mut answers = Vec::new();
    for batch in numbers.chunks(limit) {
        answers.extend(join_all(batch.iter().map(|n| task(*n, &call))).await);
    }
    answers
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
