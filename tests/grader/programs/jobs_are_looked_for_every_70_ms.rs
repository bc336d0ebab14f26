//! fails: too-late
//! The end is noticed when the loop next comes round.
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::sleep;

pub async fn run<F>(limit: usize, jobs: Vec<F>) -> Vec<u64>
where
    F: Future<Output = u64> + Send + 'static,
{
    let results = Arc::new(Mutex::new(vec![None; jobs.len()]));
    let places = Arc::new(Semaphore::new(limit));
    for (number, job) in jobs.into_iter().enumerate() {
        let (results, places) = (results.clone(), places.clone());
        tokio::spawn(async move {
            let _place = places.acquire().await.unwrap();
            let result = job.await;
            results.lock().unwrap()[number] = Some(result);
        });
    }
    loop {
        sleep(Duration::from_millis(70)).await;
        if results.lock().unwrap().iter().all(Option::is_some) {
            return results.lock().unwrap().iter().flatten().copied().collect();
        }
    }
}
