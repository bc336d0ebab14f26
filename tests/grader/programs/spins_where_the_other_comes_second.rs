//! fails: never-finishes
//! at: 26
//! says: it came back here
//! One turn is enough where the other task has its turn first, which nothing promises.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

async fn set(flag: Arc<AtomicBool>) {
    flag.store(true, Ordering::Release);
}

fn wait(flag: &AtomicBool) {
    spin(|| flag.load(Ordering::Acquire));
}

pub async fn scenario() -> u64 {
    let flag = Arc::new(AtomicBool::new(false));
    let setter = tokio::spawn(set(flag.clone()));
    tokio::task::yield_now().await;
    wait(&flag);
    setter.await.unwrap();
    0
}

fn spin(is_over: impl Fn() -> bool) {
    while !is_over() {}
}
