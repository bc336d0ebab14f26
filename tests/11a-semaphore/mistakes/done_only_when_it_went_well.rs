//! caught-by: says_who_is_inside
//! finding: wrong-output
//!
//! The misconception: `?` leaves with the error, and what is behind it is for those who got through.

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
    let gate = Gate::new(limit);
    join_all((0..count).map(|n| gate.pass(task(n, &call)))).await
}

async fn task(
    n: usize,
    call: &impl AsyncFn(usize) -> Result<String, String>,
) -> Result<String, String> {
    println!("Task {n} starting");
    let answer = call(n).await?;
    println!("Task {n} done");
    Ok(answer)
}
