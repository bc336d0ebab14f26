//! passes
//! looks like: lock-across-await
//! A std lock held across an await stops nobody while nobody else asks for it.
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let lock = Mutex::new(0);
    let mut held = lock.lock().unwrap();
    sleep(Duration::from_millis(10)).await;
    *held += 10;
    *held
}
