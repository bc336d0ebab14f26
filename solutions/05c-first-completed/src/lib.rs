//! Wait for the first job, for the first failure or for all; what is not done yet is pending.

use std::collections::BTreeSet;
use std::future::Future;

use tokio::task::JoinSet;

/// When a `wait` returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// As soon as a job is over, however it ended.
    FirstCompleted,
    /// As soon as a job has failed; if none does, when all are over.
    FirstException,
    /// When all jobs are over.
    AllCompleted,
}

/// A job that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// Its place in the list of jobs, from 0.
    pub place: usize,
    pub outcome: Result<u32, String>,
}

/// The jobs that are not done: they run on, unless this is dropped.
#[derive(Debug)]
pub struct Pending {
    tasks: JoinSet<Done>,
    places: BTreeSet<usize>,
}

impl Pending {
    /// The places of the pending jobs in the list of jobs, the lowest first.
    #[must_use]
    pub fn places(&self) -> Vec<usize> {
        self.places.iter().copied().collect()
    }

    /// Waits again, for these jobs.
    ///
    /// # Panics
    ///
    /// When a job does.
    pub async fn wait(mut self, when: When) -> (Vec<Done>, Self) {
        let mut done: Vec<Done> = Vec::new();
        while let Some(ended) = self.tasks.join_next().await {
            let ended = ended.expect("no job panics");
            let enough = match when {
                When::FirstCompleted => true,
                When::FirstException => ended.outcome.is_err(),
                When::AllCompleted => false,
            };
            done.push(ended);
            if enough {
                break;
            }
        }
        // Others may have ended while nobody waited.
        while let Some(ended) = self.tasks.try_join_next() {
            done.push(ended.expect("no job panics"));
        }
        done.sort_by_key(|done| done.place);
        for done in &done {
            self.places.remove(&done.place);
        }
        (done, self)
    }

    /// Cancels these jobs. They are gone when it returns.
    pub async fn cancel(mut self) {
        self.tasks.shutdown().await;
    }
}

/// Starts all `jobs` as tasks and waits as `when` says: what is done then, and what is pending.
///
/// # Panics
///
/// When a job does.
pub async fn wait<F>(jobs: Vec<F>, when: When) -> (Vec<Done>, Pending)
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let places = (0..jobs.len()).collect();
    let jobs = jobs.into_iter().enumerate();
    let tasks = jobs
        .map(|(place, job)| async move {
            let outcome = job.await;
            Done { place, outcome }
        })
        .collect();
    Pending { tasks, places }.wait(when).await
}

/// Waits for the first job, prints how many are done and pending, and cancels the pending ones.
///
/// # Panics
///
/// When a job does.
pub async fn first<F>(jobs: Vec<F>) -> Vec<Done>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let (done, pending) = wait(jobs, When::FirstCompleted).await;
    println!("Done: {}, Pending: {}", done.len(), pending.places().len());
    pending.cancel().await;
    done
}
