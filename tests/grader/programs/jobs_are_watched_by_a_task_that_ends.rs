//! passes
//! looks like: leaked-task
//! The watcher hears that the call is over, because the sender goes with it.
use futures::future::join_all;
use tokio::sync::{Semaphore, mpsc};

pub async fn run<F>(limit: usize, jobs: Vec<F>) -> Vec<u64>
where
    F: Future<Output = u64> + Send + 'static,
{
    let (_orders, mut received) = mpsc::channel::<()>(1);
    tokio::spawn(async move { while received.recv().await.is_some() {} });
    let places = Semaphore::new(limit);
    let limited = jobs.into_iter().map(async |job| {
        let _place = places.acquire().await.unwrap();
        job.await
    });
    join_all(limited).await
}
