//! fails: leaked-task
//! at: 16
//! A task waits for orders, and the one who could end it is kept for good.
use futures::future::join_all;
use std::sync::OnceLock;
use tokio::sync::{Semaphore, mpsc};

static ORDERS: OnceLock<mpsc::Sender<()>> = OnceLock::new();

pub async fn run<F>(limit: usize, jobs: Vec<F>) -> Vec<u64>
where
    F: Future<Output = u64> + Send + 'static,
{
    let (sender, mut orders) = mpsc::channel(1);
    ORDERS.set(sender).unwrap();
    tokio::spawn(async move { while orders.recv().await.is_some() {} });
    let places = Semaphore::new(limit);
    let limited = jobs.into_iter().map(async |job| {
        let _place = places.acquire().await.unwrap();
        job.await
    });
    join_all(limited).await
}
