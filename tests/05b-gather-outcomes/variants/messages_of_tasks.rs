//! Every job is a task that sends its outcome; a token tells those that are to stop.

use std::future::Future;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

pub async fn outcomes<F>(jobs: Vec<F>) -> Vec<Result<u32, String>>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let mut answers = start(jobs, &CancellationToken::new());
    let mut outcomes = Vec::new();
    while let Some(answer) = answers.recv().await {
        outcomes.push(answer);
    }
    outcomes.sort_by_key(|(index, _)| *index);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

pub async fn or_run_on<F>(jobs: Vec<F>) -> Result<Vec<u32>, String>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    values(start(jobs, &CancellationToken::new())).await
}

pub async fn or_cancel<F>(jobs: Vec<F>) -> Result<Vec<u32>, String>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let stop = CancellationToken::new();
    let result = values(start(jobs, &stop)).await;
    stop.cancel();
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

type Answers = mpsc::UnboundedReceiver<(usize, Result<u32, String>)>;

fn start<F>(jobs: Vec<F>, stop: &CancellationToken) -> Answers
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let (send, answers) = mpsc::unbounded_channel();
    for (index, job) in jobs.into_iter().enumerate() {
        let (send, stop) = (send.clone(), stop.clone());
        tokio::spawn(async move {
            if let Some(outcome) = stop.run_until_cancelled_owned(job).await {
                let _ = send.send((index, outcome));
            }
        });
    }
    answers
}

async fn values(mut answers: Answers) -> Result<Vec<u32>, String> {
    let mut values = Vec::new();
    while let Some((index, outcome)) = answers.recv().await {
        values.push((index, outcome?));
    }
    values.sort_unstable();
    Ok(values.into_iter().map(|(_, value)| value).collect())
}
