//! fails: wrong-order
//! A channel hands on what comes first.
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc};

pub async fn run<F>(limit: usize, jobs: Vec<F>) -> Vec<u64>
where
    F: Future<Output = u64> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(limit));
    let (sender, mut answers) = mpsc::channel(1);
    for job in jobs {
        let (places, sender) = (places.clone(), sender.clone());
        tokio::spawn(async move {
            let _place = places.acquire().await.unwrap();
            let result = job.await;
            drop(_place);
            sender.send(result).await.unwrap();
        });
    }
    drop(sender);
    let mut results = Vec::new();
    while let Some(result) = answers.recv().await {
        results.push(result);
    }
    results
}
