//! fails: deadlock
//! at: 12
//! says: for a std lock, channel, condition variable or park
//! A blocking job waits until somebody says that it is ready, and nobody does.
use std::sync::{Arc, Condvar, Mutex};

pub async fn scenario() -> u64 {
    let pair = Arc::new((Mutex::new(false), Condvar::new()));
    let theirs = pair.clone();
    let job = tokio::task::spawn_blocking(move || {
        let (ready, changed) = &*theirs;
        let _ready = changed.wait_while(ready.lock().unwrap(), |ready| !*ready).unwrap();
    });
    tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    *pair.0.lock().unwrap() = true;
    job.await.unwrap();
    10
}
