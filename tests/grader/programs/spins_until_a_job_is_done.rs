//! passes
//! looks like: never-finishes
//! A flag is asked for between two turns, so whoever sets it gets one.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub async fn scenario() -> u64 {
    let flag = Arc::new(AtomicBool::new(false));
    let setter = flag.clone();
    tokio::spawn(async move { setter.store(true, Ordering::Release) });
    while !flag.load(Ordering::Acquire) {
        tokio::task::yield_now().await;
    }
    0
}
