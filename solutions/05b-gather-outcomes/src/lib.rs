//! Gather, where some of the jobs fail: what becomes of the others?

use std::future::Future;

use futures::future::{join_all, try_join_all};

/// Runs all `jobs` at the same time, and gives every outcome, in the order of `jobs`.
pub async fn outcomes<F>(jobs: Vec<F>) -> Vec<Result<u32, String>>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    join_all(jobs).await
}

/// All values, or the first error as soon as it is there. The other jobs run on in the background.
///
/// # Errors
///
/// The error of the job that fails first.
///
/// # Panics
///
/// When a job does, unless another has failed before.
pub async fn or_run_on<F>(jobs: Vec<F>) -> Result<Vec<u32>, String>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    // All of them are tasks before the first is waited for. With an error, `try_join_all` drops the
    // handles that are left, which detaches their tasks.
    let tasks: Vec<_> = jobs.into_iter().map(tokio::spawn).collect();
    let values = tasks
        .into_iter()
        .map(async |task| task.await.expect("no job panics"));
    try_join_all(values).await
}

/// All values, or the first error as soon as it is there. The other jobs are cancelled then.
///
/// # Errors
///
/// The error of the job that fails first.
pub async fn or_cancel<F>(jobs: Vec<F>) -> Result<Vec<u32>, String>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    // The jobs are part of this future: with an error, `try_join_all` drops those that are left.
    try_join_all(jobs).await
}

/// Runs all `jobs` at the same time, and prints every outcome.
pub async fn summary<F>(jobs: Vec<F>)
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    println!("{} jobs", jobs.len());
    let outcomes = outcomes(jobs).await;
    let mut failed = 0;
    for (outcome, number) in outcomes.iter().zip(1..) {
        match outcome {
            Ok(value) => println!("{number}: {value}"),
            Err(error) => {
                println!("{number}: failed: {error}");
                failed += 1;
            }
        }
    }
    if failed > 0 {
        println!("{failed} of {} failed", outcomes.len());
    } else {
        println!("all done");
    }
}
