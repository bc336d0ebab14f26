//! Every task sends its place and outcome when it is over; a token stops those that are left.

use std::collections::BTreeSet;
use std::future::Future;

use tokio::sync::mpsc::{self, UnboundedReceiver};
use tokio_util::sync::CancellationToken;

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
    ends: UnboundedReceiver<Done>,
    places: BTreeSet<usize>,
    stop: CancellationToken,
}

impl Pending {
    pub fn places(&self) -> Vec<usize> {
        self.places.iter().copied().collect()
    }

    pub async fn wait(mut self, when: When) -> (Vec<Done>, Self) {
        let mut done: Vec<Done> = Vec::new();
        loop {
            while let Ok(ended) = self.ends.try_recv() {
                self.places.remove(&ended.place);
                done.push(ended);
            }
            let failed = done.iter().any(|done| done.outcome.is_err());
            let enough = match when {
                When::FirstCompleted => !done.is_empty(),
                When::FirstException => failed,
                When::AllCompleted => false,
            };
            if enough || self.places.is_empty() {
                break;
            }
            let ended = self.ends.recv().await.expect("a task is left");
            self.places.remove(&ended.place);
            done.push(ended);
        }
        done.sort_by_key(|done| done.place);
        (done, self)
    }

    pub async fn cancel(mut self) {
        self.stop.cancel();
        while self.ends.recv().await.is_some() {}
    }
}

pub async fn wait<F>(jobs: Vec<F>, when: When) -> (Vec<Done>, Pending)
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let places = (0..jobs.len()).collect();
    let stop = CancellationToken::new();
    let (send, ends) = mpsc::unbounded_channel();
    for (place, job) in jobs.into_iter().enumerate() {
        let (send, stop) = (send.clone(), stop.clone());
        tokio::spawn(async move {
            if let Some(outcome) = stop.run_until_cancelled_owned(job).await {
                let _ = send.send(Done { place, outcome });
            }
        });
    }
    Pending { ends, places, stop }.wait(when).await
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
