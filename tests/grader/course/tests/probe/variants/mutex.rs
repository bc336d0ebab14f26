//! Counts under a lock, and answers from a task.

use std::sync::Mutex;

#[derive(Debug)]
pub struct Counter {
    next: Mutex<u32>,
}

impl Counter {
    pub fn new() -> Self {
        Self { next: Mutex::new(1) }
    }

    pub fn count(&self) -> u32 {
        let mut next = self.next.lock().unwrap();
        *next += 1;
        *next - 1
    }
}

pub async fn answer() -> u32 {
    tokio::spawn(async { 42 }).await.unwrap()
}
