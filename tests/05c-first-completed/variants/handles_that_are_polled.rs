//! A `JoinHandle` for each job, all of them polled by hand whenever one wakes.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use tokio::task::JoinHandle;

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

pub struct Pending(Vec<(usize, JoinHandle<Result<u32, String>>)>);

impl Pending {
    pub fn places(&self) -> Vec<usize> {
        self.0.iter().map(|(place, _)| *place).collect()
    }

    pub async fn wait(mut self, when: When) -> (Vec<Done>, Self) {
        let mut done = Vec::new();
        poll_fn(|context| {
            let mut left = Vec::new();
            for (place, mut task) in self.0.drain(..) {
                match Pin::new(&mut task).poll(context) {
                    Poll::Ready(outcome) => done.push(Done {
                        place,
                        outcome: outcome.unwrap(),
                    }),
                    Poll::Pending => left.push((place, task)),
                }
            }
            self.0 = left;
            let enough = self.0.is_empty()
                || match when {
                    When::FirstCompleted => !done.is_empty(),
                    When::FirstException => done.iter().any(|done| done.outcome.is_err()),
                    When::AllCompleted => false,
                };
            if enough {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
        done.sort_by_key(|done| done.place);
        (done, self)
    }

    pub async fn cancel(self) {
        for (_, task) in self.0 {
            task.abort();
        }
    }
}

pub async fn wait<F>(jobs: Vec<F>, when: When) -> (Vec<Done>, Pending)
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let tasks = jobs.into_iter().map(tokio::spawn).enumerate();
    Pending(tasks.collect()).wait(when).await
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
