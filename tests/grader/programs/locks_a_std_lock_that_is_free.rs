//! passes
//! looks like: blocked-executor
//! looks like: lock-across-await
//! A std lock that is held between awaits, and over none, keeps nobody waiting.
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::sleep;

async fn add(total: &Mutex<u64>) {
    sleep(Duration::from_millis(10)).await;
    *total.lock().unwrap() += 5;
}

pub async fn scenario() -> u64 {
    let total = Mutex::new(0);
    tokio::join!(add(&total), add(&total));
    total.into_inner().unwrap()
}
