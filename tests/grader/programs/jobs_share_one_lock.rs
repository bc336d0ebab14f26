//! fails: too-sequential
//! A lock that is held over the work lets one job at a time through.
use futures::future::join_all;
use tokio::sync::{Mutex, Semaphore};

pub async fn run<F>(limit: usize, jobs: Vec<F>) -> Vec<u64>
where
    F: Future<Output = u64> + Send + 'static,
{
    let (places, log) = (Semaphore::new(limit), Mutex::new(()));
    let limited = jobs.into_iter().map(async |job| {
        let _place = places.acquire().await.unwrap();
        let _log = log.lock().await;
        job.await
    });
    join_all(limited).await
}
