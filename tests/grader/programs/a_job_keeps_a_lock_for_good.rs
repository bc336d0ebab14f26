//! fails: blocked-executor
//! at: 20
//! says: or a job does
//! A job ticks for ever with a std lock in its hands.
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::spawn_blocking;

pub async fn scenario() -> u64 {
    let lock = Arc::new(Mutex::new(0));
    let theirs = lock.clone();
    spawn_blocking(move || {
        let mut held = theirs.lock().unwrap();
        loop {
            std::thread::sleep(Duration::from_secs(1));
            *held += 1;
        }
    });
    tokio::task::yield_now().await;
    *lock.lock().unwrap()
}
