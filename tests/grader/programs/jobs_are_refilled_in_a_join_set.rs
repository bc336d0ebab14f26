//! passes
//! looks like: unbounded
//! looks like: underused
//! looks like: wrong-order
//! A set that is filled up to the limit, and again with each job that ends.
use tokio::task::JoinSet;

pub async fn run<F>(limit: usize, jobs: Vec<F>) -> Vec<u64>
where
    F: Future<Output = u64> + Send + 'static,
{
    let mut results = vec![0; jobs.len()];
    let mut set = JoinSet::new();
    for (number, job) in jobs.into_iter().enumerate() {
        if set.len() == limit {
            let (number, result) = set.join_next().await.unwrap().unwrap();
            results[number] = result;
        }
        set.spawn(async move { (number, job.await) });
    }
    for (number, result) in set.join_all().await {
        results[number] = result;
    }
    results
}
