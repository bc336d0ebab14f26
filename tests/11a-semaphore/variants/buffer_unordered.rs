//! A stream keeps the limit for the calls; owned permits do for the gate.

use futures::stream::{self, StreamExt};
use std::sync::Arc;
use tokio::sync::Semaphore;

pub struct Gate {
    places: Arc<Semaphore>,
}

impl Gate {
    pub fn new(limit: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(limit)),
        }
    }

    pub fn pass<T>(&self, work: impl Future<Output = T>) -> impl Future<Output = T> {
        let places = self.places.clone();
        async move {
            let place = places.acquire_owned().await.expect("it stays open");
            let result = work.await;
            drop(place);
            result
        }
    }
}

pub async fn run_all(
    count: usize,
    limit: usize,
    call: impl AsyncFn(usize) -> Result<String, String>,
) -> Vec<Result<String, String>> {
    let tasks = (0..count).map(|n| {
        let call = &call;
        async move { (n, task(n, call).await) }
    });
    let done = stream::iter(tasks).buffer_unordered(limit);
    let mut answers: Vec<_> = done.collect().await;
    answers.sort_by_key(|(n, _)| *n);
    answers.into_iter().map(|(_, answer)| answer).collect()
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
