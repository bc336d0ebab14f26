//! passes
//! looks like: lock-across-await
//! Tasks that share a std lock, and never hold it while they wait.
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let lock = Arc::new(Mutex::new(0));
    let mut tasks = JoinSet::new();
    for _ in 0..3 {
        let lock = lock.clone();
        tasks.spawn(async move {
            for _ in 0..2 {
                *lock.lock().unwrap() += 1;
                sleep(Duration::from_millis(10)).await;
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(*lock.lock().unwrap(), 6);
    20
}
