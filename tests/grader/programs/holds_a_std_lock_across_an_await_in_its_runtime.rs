//! fails: lock-across-await
//! at: 16
//! says: waits here for the clock, its guard still alive
//! Two tasks of a runtime that the program built: one sleeps with a std lock in its hands, the other
//! waits for it.
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::task::LocalSet;
use tokio::time::sleep;

async fn add(lock: Arc<Mutex<u64>>, early: Duration) {
    sleep(early).await;
    // The second to come here never gets it.
    let mut held = lock.lock().unwrap();
    sleep(Duration::from_millis(10)).await;
    *held += 1;
}

pub fn program() -> u64 {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let lock = Arc::new(Mutex::new(0));
    let tasks = LocalSet::new();
    for early in [5, 0] {
        tasks.spawn_local(add(lock.clone(), Duration::from_millis(early)));
    }
    runtime.block_on(tasks);
    *lock.lock().unwrap()
}
