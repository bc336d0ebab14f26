//! Outcomes as they come, each with its index; the jobs that run on are handed to one task.

use std::collections::BTreeMap;
use std::future::Future;

use futures::stream::{FuturesUnordered, StreamExt, TryStreamExt};

pub async fn outcomes<F>(jobs: Vec<F>) -> Vec<Result<u32, String>>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let mut running = indexed(jobs);
    let mut outcomes = BTreeMap::new();
    while let Some((index, outcome)) = running.next().await {
        outcomes.insert(index, outcome);
    }
    outcomes.into_values().collect()
}

pub async fn or_run_on<F>(jobs: Vec<F>) -> Result<Vec<u32>, String>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let number = jobs.len();
    let mut running = indexed(jobs);
    let mut values = vec![0; number];
    while let Some((index, outcome)) = running.next().await {
        match outcome {
            Ok(value) => values[index] = value,
            Err(error) => {
                tokio::spawn(running.for_each(async |_| ()));
                return Err(error);
            }
        }
    }
    Ok(values)
}

pub async fn or_cancel<F>(jobs: Vec<F>) -> Result<Vec<u32>, String>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let running: FuturesUnordered<_> = indexed(jobs);
    let mut values: Vec<_> = running
        .map(|(index, outcome)| outcome.map(|value| (index, value)))
        .try_collect()
        .await?;
    values.sort_unstable();
    Ok(values.into_iter().map(|(_, value)| value).collect())
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

fn indexed<F>(jobs: Vec<F>) -> FuturesUnordered<impl Future<Output = (usize, F::Output)> + Send>
where
    F: Future<Output: Send> + Send,
{
    let jobs = jobs.into_iter().enumerate();
    jobs.map(|(index, job)| async move { (index, job.await) })
        .collect()
}
