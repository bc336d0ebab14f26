//! fails: wrong-order
//! Results in the order in which the tasks of a `JoinSet` ended.
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

pub async fn run<F>(limit: usize, jobs: Vec<F>) -> Vec<u64>
where
    F: Future<Output = u64> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(limit));
    let mut set = JoinSet::new();
    for job in jobs {
        let places = places.clone();
        set.spawn(async move {
            let _place = places.acquire().await.unwrap();
            job.await
        });
    }
    set.join_all().await
}
