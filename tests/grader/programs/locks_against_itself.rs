//! fails: blocked-executor
//! at: 17
//! A std lock is held across an await, and the thread waits for it for good.
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let lock = Mutex::new(0);
    let holds = async {
        let mut held = lock.lock().unwrap();
        sleep(Duration::from_millis(10)).await;
        *held += 1;
    };
    let waits = async {
        sleep(Duration::from_millis(5)).await;
        *lock.lock().unwrap() += 1;
    };
    tokio::join!(holds, waits);
    10
}
