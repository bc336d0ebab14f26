//! Wait for the first job, for the first failure or for all; what is not done yet is pending.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::future::Future;

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

/// The jobs that are not done: they run on.
#[derive(Debug)]
pub struct Pending {
    // What you need.
}

impl Pending {
    /// The places of the pending jobs in the list of jobs, the lowest first.
    pub fn places(&self) -> Vec<usize> {
        todo!("Pending::places")
    }

    /// Waits again, for these jobs.
    pub async fn wait(self, when: When) -> (Vec<Done>, Self) {
        todo!("Pending::wait")
    }

    /// Cancels these jobs.
    pub async fn cancel(self) {
        todo!("Pending::cancel")
    }
}

/// Starts all `jobs` as tasks and waits as `when` says: what is done then, and what is pending.
pub async fn wait<F>(jobs: Vec<F>, when: When) -> (Vec<Done>, Pending)
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    todo!("wait")
}

/// Waits for the first job, prints how many are done and pending, and cancels the pending ones.
pub async fn first<F>(jobs: Vec<F>) -> Vec<Done>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    todo!("first")
}
