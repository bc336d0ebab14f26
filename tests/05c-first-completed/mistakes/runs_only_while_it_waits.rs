//! caught-by: the_pending_run_on
//! finding: wrong-value
//!
//! The misconception: a future that was begun goes on by itself. It does so only while somebody polls it.

use std::future::Future;
use std::pin::Pin;

use futures::stream::{FuturesUnordered, StreamExt};

#[derive(Clone, Copy)]
pub enum When {
    FirstCompleted,
    FirstException,
    AllCompleted,
}

pub struct Done {
    pub place: usize,
    pub outcome: Result<u32, String>,
}

pub struct Pending {
    jobs: FuturesUnordered<Pin<Box<dyn Future<Output = Done> + Send>>>,
    places: Vec<usize>,
}

impl Pending {
    pub fn places(&self) -> Vec<usize> {
        self.places.clone()
    }

    pub async fn wait(mut self, when: When) -> (Vec<Done>, Self) {
        let mut done: Vec<Done> = Vec::new();
        while let Some(ended) = self.jobs.next().await {
            let enough = match when {
                When::FirstCompleted => true,
                When::FirstException => ended.outcome.is_err(),
                When::AllCompleted => false,
            };
            self.places.retain(|place| *place != ended.place);
            done.push(ended);
            if enough {
                break;
            }
        }
        done.sort_by_key(|done| done.place);
        (done, self)
    }

    pub async fn cancel(self) {}
}

pub async fn wait<F>(jobs: Vec<F>, when: When) -> (Vec<Done>, Pending)
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let places = (0..jobs.len()).collect();
    let jobs = jobs.into_iter().enumerate();
    let jobs = jobs.map(
        |(place, job)| -> Pin<Box<dyn Future<Output = Done> + Send>> {
            Box::pin(async move {
                let outcome = job.await;
                Done { place, outcome }
            })
        },
    );
    let jobs = jobs.collect();
    Pending { jobs, places }.wait(when).await
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
