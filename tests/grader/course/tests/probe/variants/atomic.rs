//! Counts with an atomic, and answers after some time.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

#[derive(Debug, Default)]
pub struct Counter {
    counted: AtomicU32,
}

impl Counter {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn count(&self) -> u32 {
        self.counted.fetch_add(1, Ordering::Relaxed) + 1
    }
}

pub async fn answer() -> u32 {
    tokio::time::sleep(Duration::from_millis(750)).await;
    42
}
