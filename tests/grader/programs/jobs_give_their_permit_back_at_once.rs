//! fails: unbounded
//! `let _ =` drops the permit in the same line.
use futures::future::join_all;
use tokio::sync::Semaphore;

pub async fn run<F>(limit: usize, jobs: Vec<F>) -> Vec<u64>
where
    F: Future<Output = u64> + Send + 'static,
{
    let places = Semaphore::new(limit);
    let limited = jobs.into_iter().map(async |job| {
        let _ = places.acquire().await.unwrap();
        job.await
    });
    join_all(limited).await
}
