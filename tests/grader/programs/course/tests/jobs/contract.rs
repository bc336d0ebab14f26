//! Jobs, so many at a time: their results in the order of the jobs.

lab::contract! {
    crate jobs;

    async fn run<F>(limit: usize, jobs: Vec<F>) -> Vec<u64>
    where
        F: Future<Output = u64> + Send + 'static;
}
