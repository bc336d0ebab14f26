//! caught-by: the_pending_run_on
//! finding: too-early
//!
//! The misconception: where something is over already, there is nothing to wait for.

use std::collections::BTreeSet;
use std::future::Future;

use tokio::task::JoinSet;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    FirstCompleted,
    FirstException,
    AllCompleted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub place: usize,
    pub outcome: Result<u32, String>,
}

#[derive(Debug)]
pub struct Pending {
    tasks: JoinSet<Done>,
    places: BTreeSet<usize>,
}

impl Pending {
    #[must_use]
    pub fn places(&self) -> Vec<usize> {
        self.places.iter().copied().collect()
    }

    pub async fn wait(mut self, when: When) -> (Vec<Done>, Self) {
        let mut done: Vec<Done> = Vec::new();
        while let Some(ended) = self.tasks.try_join_next() {
            done.push(ended.expect("no job panics"));
        }
        let mut enough = !done.is_empty()
            && (when != When::FirstException || done.iter().any(|d| d.outcome.is_err()));
        while !enough && let Some(ended) = self.tasks.join_next().await {
            let ended = ended.expect("no job panics");
            enough = match when {
                When::FirstCompleted => true,
                When::FirstException => ended.outcome.is_err(),
                When::AllCompleted => false,
            };
            done.push(ended);
        }
        done.sort_by_key(|done| done.place);
        for done in &done {
            self.places.remove(&done.place);
        }
        (done, self)
    }

    pub async fn cancel(mut self) {
        self.tasks.shutdown().await;
    }
}

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

pub async fn first<F>(jobs: Vec<F>) -> Vec<Done>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let (done, pending) = wait(jobs, When::FirstCompleted).await;
    println!("Done: {}, Pending: {}", done.len(), pending.places().len());
    pending.cancel().await;
    done
}
