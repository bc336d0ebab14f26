//! A `JoinSet` for each: awaited to its end, detached, or dropped.

use std::future::Future;

use tokio::task::JoinSet;

pub async fn outcomes<F>(jobs: Vec<F>) -> Vec<Result<u32, String>>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let mut tasks = numbered(jobs);
    let mut outcomes = Vec::new();
    outcomes.resize(tasks.len(), Ok(0));
    while let Some(ended) = tasks.join_next().await {
        let (index, outcome) = ended.unwrap();
        outcomes[index] = outcome;
    }
    outcomes
}

pub async fn or_run_on<F>(jobs: Vec<F>) -> Result<Vec<u32>, String>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let mut tasks = numbered(jobs);
    let result = values(&mut tasks).await;
    tasks.detach_all();
    result
}

pub async fn or_cancel<F>(jobs: Vec<F>) -> Result<Vec<u32>, String>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let mut tasks = numbered(jobs);
    let result = values(&mut tasks).await;
    tasks.shutdown().await;
    result
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

type Numbered = JoinSet<(usize, Result<u32, String>)>;

fn numbered<F>(jobs: Vec<F>) -> Numbered
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let jobs = jobs.into_iter().enumerate();
    jobs.map(|(index, job)| async move { (index, job.await) })
        .collect()
}

async fn values(tasks: &mut Numbered) -> Result<Vec<u32>, String> {
    let mut values = vec![0; tasks.len()];
    while let Some(ended) = tasks.join_next().await {
        let (index, outcome) = ended.unwrap();
        values[index] = outcome?;
    }
    Ok(values)
}
