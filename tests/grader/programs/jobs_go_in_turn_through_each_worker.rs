//! passes
//! looks like: too-sequential
//! looks like: underused
//! looks like: unbounded
//! A worker awaits one job after another, and there are as many workers as places.
use futures::future::join_all;
use std::sync::Mutex;

pub async fn run<F>(limit: usize, jobs: Vec<F>) -> Vec<u64>
where
    F: Future<Output = u64> + Send + 'static,
{
    let results = Mutex::new(vec![0; jobs.len()]);
    let queue = Mutex::new(jobs.into_iter().enumerate());
    let next = || queue.lock().unwrap().next();
    let workers = (0..limit).map(async |_| {
        while let Some((number, job)) = next() {
            let result = job.await;
            results.lock().unwrap()[number] = result;
        }
    });
    join_all(workers).await;
    results.into_inner().unwrap()
}
