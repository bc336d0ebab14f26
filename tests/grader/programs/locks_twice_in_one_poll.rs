//! fails: blocked-executor
//! at: 14
//! says: a std `Mutex` stopped the runtime's thread for good: no other task holds it
//! A task locks what it holds already, while others wait for other things.
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

pub async fn scenario() -> u64 {
    let (lock, notify) = (Arc::new(Mutex::new(1)), Arc::new(Notify::new()));
    let (theirs, notified) = (lock.clone(), notify.clone());
    let other = tokio::spawn(async move { (notified.notified().await, theirs) });
    tokio::task::yield_now().await;
    let held = lock.lock().unwrap();
    let again = lock.lock().unwrap();
    notify.notify_one();
    drop((held, again));
    other.abort();
    0
}
