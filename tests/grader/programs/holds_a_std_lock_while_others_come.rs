//! fails: lock-across-await
//! at: 15
//! says: waits here for a `Notify`, its guard still alive
//! Of three that come at once one gets the lock; the lab asks the third, which waits for it as well.
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::LocalSet;
use tokio::time::sleep;

async fn add(lock: Arc<Mutex<u64>>, done: Arc<Notify>) {
    sleep(Duration::from_millis(5)).await;
    let mut held = lock.lock().unwrap();
    *held += 1;
    done.notified().await;
}

pub async fn scenario() -> u64 {
    let (lock, done) = (Arc::new(Mutex::new(0)), Arc::new(Notify::new()));
    let tasks = LocalSet::new();
    for _ in 0..3 {
        tasks.spawn_local(add(lock.clone(), done.clone()));
    }
    tasks.await;
    *lock.lock().unwrap()
}
