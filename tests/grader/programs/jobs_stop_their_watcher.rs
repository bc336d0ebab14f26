//! passes
//! looks like: leaked-task
//! Aborted is as good as ended: the task is gone when the clock next moves.
use futures::future::join_all;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::interval;

pub async fn run<F>(limit: usize, jobs: Vec<F>) -> Vec<u64>
where
    F: Future<Output = u64> + Send + 'static,
{
    let watcher = tokio::spawn(async {
        let mut ticks = interval(Duration::from_millis(70));
        loop {
            ticks.tick().await;
        }
    });
    let places = Semaphore::new(limit);
    let limited = jobs.into_iter().map(async |job| {
        let _place = places.acquire().await.unwrap();
        job.await
    });
    let results = join_all(limited).await;
    watcher.abort();
    results
}
