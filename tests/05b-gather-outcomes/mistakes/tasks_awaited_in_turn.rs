//! caught-by: the_first_failure_is_the_answer
//! finding: too-late
//!
//! The misconception: since all tasks run, awaiting them in turn finds the first failure. It finds the first
//! in the list, when its turn comes.

use std::future::Future;

use futures::future::{join_all, try_join_all};

pub async fn outcomes<F>(jobs: Vec<F>) -> Vec<Result<u32, String>>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    join_all(jobs).await
}

pub async fn or_run_on<F>(jobs: Vec<F>) -> Result<Vec<u32>, String>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let tasks: Vec<_> = jobs.into_iter().map(tokio::spawn).collect();
    let mut values = Vec::new();
    for task in tasks {
        values.push(task.await.unwrap()?);
    }
    Ok(values)
}

pub async fn or_cancel<F>(jobs: Vec<F>) -> Result<Vec<u32>, String>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    try_join_all(jobs).await
}

pub async fn summary<F>(jobs: Vec<F>)
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    println!("{} jobs", jobs.len());
    let outcomes = outcomes(jobs).await;
    for (outcome, number) in outcomes.iter().zip(1..) {
        match outcome {
            Ok(value) => println!("{number}: {value}"),
            Err(error) => println!("{number}: failed: {error}"),
        }
    }
    match outcomes.iter().filter(|outcome| outcome.is_err()).count() {
        0 => println!("all done"),
        failed => println!("{failed} of {} failed", outcomes.len()),
    }
}
