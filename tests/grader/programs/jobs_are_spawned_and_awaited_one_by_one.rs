//! fails: too-sequential
//! Each task is awaited before the next is spawned.
pub async fn run<F>(_limit: usize, jobs: Vec<F>) -> Vec<u64>
where
    F: Future<Output = u64> + Send + 'static,
{
    let mut results = Vec::new();
    for job in jobs {
        results.push(tokio::spawn(job).await.unwrap());
    }
    results
}
