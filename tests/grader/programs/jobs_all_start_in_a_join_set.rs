//! fails: unbounded
//! A `JoinSet` starts all that it is given.
use tokio::task::JoinSet;

pub async fn run<F>(_limit: usize, jobs: Vec<F>) -> Vec<u64>
where
    F: Future<Output = u64> + Send + 'static,
{
    let mut set = JoinSet::new();
    for (number, job) in jobs.into_iter().enumerate() {
        set.spawn(async move { (number, job.await) });
    }
    let mut results = set.join_all().await;
    results.sort_unstable();
    results.into_iter().map(|(_, result)| result).collect()
}
