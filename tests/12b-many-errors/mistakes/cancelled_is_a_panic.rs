//! caught-by: tells_the_outcomes_apart
//! finding: wrong-value
//!
//! The misconception: a `JoinError` is a panic.

use std::any::Any;
use std::future::Future;

use tokio::task::{JoinError, JoinHandle};

/// What became of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It returned `Ok`.
    Success(u32),
    /// It returned `Err`.
    Error(String),
    /// It panicked, with this message.
    Panic(String),
    /// It was cancelled before it was done.
    Cancelled,
}

/// Starts every job as a task of its own, all at once.
pub fn start_all<F>(jobs: Vec<F>) -> Vec<JoinHandle<Result<u32, String>>>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    jobs.into_iter().map(tokio::spawn).collect()
}

pub async fn outcomes(tasks: Vec<JoinHandle<Result<u32, String>>>) -> Vec<Outcome> {
    let mut all = Vec::new();
    for task in tasks {
        all.push(outcome(task.await));
    }
    all
}

fn outcome(ended: Result<Result<u32, String>, JoinError>) -> Outcome {
    match ended {
        Ok(Ok(value)) => Outcome::Success(value),
        Ok(Err(error)) => Outcome::Error(error),
        Err(error) => match error.try_into_panic() {
            Ok(payload) => Outcome::Panic(message(&*payload)),
            Err(cancelled) => Outcome::Panic(cancelled.to_string()),
        },
    }
}

fn message(payload: &(dyn Any + Send)) -> String {
    let literal = payload.downcast_ref::<&str>().copied();
    let message = literal.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    message.unwrap_or("unknown").to_owned()
}

/// Waits for every task, prints a line for each, in order, and gives the number of successes.
pub async fn report(names: &[String], tasks: Vec<JoinHandle<Result<u32, String>>>) -> usize {
    let outcomes = outcomes(tasks).await;
    let mut successes = 0;
    for (name, outcome) in names.iter().zip(outcomes) {
        match outcome {
            Outcome::Success(value) => {
                successes += 1;
                println!("{name}: success {value}");
            }
            Outcome::Error(error) => println!("{name}: error {error}"),
            Outcome::Panic(message) => println!("{name}: panic {message}"),
            Outcome::Cancelled => println!("{name}: cancelled"),
        }
    }
    successes
}
