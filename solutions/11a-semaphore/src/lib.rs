//! At most so many at a time: a gate, and calls that go through one.

use futures::future::join_all;
use tokio::sync::Semaphore;

/// Lets at most so many through at a time.
pub struct Gate {
    places: Semaphore,
}

impl Gate {
    /// A gate with `limit` places, all of them free.
    pub fn new(limit: usize) -> Self {
        let places = Semaphore::new(limit);
        Self { places }
    }

    /// Waits for a free place, keeps it while `work` runs, and gives what `work` gives.
    pub async fn pass<T>(&self, work: impl Future<Output = T>) -> T {
        let place = self.places.acquire().await;
        let place = place.expect("nobody closes the semaphore");
        let result = work.await;
        // On every other way out of here, a panic or a drop, the same happens by itself.
        drop(place);
        result
    }
}

/// Makes the calls 0 to `count - 1`, `limit` of them at a time, prints when each starts and when it
/// is done, and gives their answers in the order of their numbers.
pub async fn run_all(
    count: usize,
    limit: usize,
    call: impl AsyncFn(usize) -> Result<String, String>,
) -> Vec<Result<String, String>> {
    let gate = Gate::new(limit);
    let tasks = (0..count).map(|n| gate.pass(task(n, &call)));
    join_all(tasks).await
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
