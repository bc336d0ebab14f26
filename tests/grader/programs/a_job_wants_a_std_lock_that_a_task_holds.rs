//! fails: lock-across-await
//! at: 13
//! says: a blocking job waits here for good
//! says: for another task, its guard still alive
//! A blocking job waits for a std lock, and the task that holds it waits for the job.
use std::sync::{Arc, Mutex};
use tokio::task::spawn_blocking;

pub async fn scenario() -> u64 {
    let total = Arc::new(Mutex::new(1));
    let theirs = total.clone();
    let held = total.lock().unwrap();
    let doubled = spawn_blocking(move || *theirs.lock().unwrap() * 2).await.unwrap();
    *held + doubled
}
