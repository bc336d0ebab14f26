//! passes
//! advice: blocked-executor
//! at: 19
//! says: held the thread for 7 ms
//! A job that holds a std lock lets it go in its own time, and the executor goes on.
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::spawn_blocking;

pub async fn scenario() -> u64 {
    let lock = Arc::new(Mutex::new(0));
    let theirs = lock.clone();
    let job = spawn_blocking(move || {
        let mut held = theirs.lock().unwrap();
        std::thread::sleep(Duration::from_millis(10));
        *held += 1;
    });
    tokio::time::sleep(Duration::from_millis(3)).await;
    assert_eq!(*lock.lock().unwrap(), 1);
    job.await.unwrap();
    10
}
