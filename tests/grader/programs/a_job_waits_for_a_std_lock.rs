//! passes
//! looks like: blocked-executor
//! Jobs that hold a std lock while they sleep take turns.
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::spawn_blocking;

pub async fn scenario() -> u64 {
    let lock = Arc::new(Mutex::new(0));
    let jobs: Vec<_> = (0..4)
        .map(|_| {
            let lock = lock.clone();
            spawn_blocking(move || {
                let mut held = lock.lock().unwrap();
                std::thread::sleep(Duration::from_millis(10));
                *held += 1;
            })
        })
        .collect();
    for job in jobs {
        job.await.unwrap();
    }
    assert_eq!(*lock.lock().unwrap(), 4);
    40
}
