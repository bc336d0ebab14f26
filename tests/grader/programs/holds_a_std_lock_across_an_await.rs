//! fails: lock-across-await
//! at: 13
//! says: waits here for the clock, its guard still alive
//! The executor waits for a std lock that a task holds while it sleeps.
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::LocalSet;
use tokio::time::sleep;

async fn add(lock: Arc<Mutex<u64>>, early: Duration) {
    sleep(early).await;
    // The second to come here never gets it.
    let mut held = lock.lock().unwrap();
    sleep(Duration::from_millis(10)).await;
    *held += 1;
}

pub async fn scenario() -> u64 {
    let lock = Arc::new(Mutex::new(0));
    let tasks = LocalSet::new();
    for early in [5, 0] {
        tasks.spawn_local(add(lock.clone(), Duration::from_millis(early)));
    }
    tasks.await;
    *lock.lock().unwrap()
}
