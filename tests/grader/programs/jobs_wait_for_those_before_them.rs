//! fails: underused
//! `buffered` keeps finished jobs in their places until those before them are done.
use futures::{StreamExt, stream};

pub async fn run<F>(limit: usize, jobs: Vec<F>) -> Vec<u64>
where
    F: Future<Output = u64> + Send + 'static,
{
    stream::iter(jobs).buffered(limit).collect().await
}
