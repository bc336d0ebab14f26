//! caught-by: it_counts
//! finding: wrong-value
//!
//! Counts from 0.

use std::cell::Cell;

#[derive(Debug, Default)]
pub struct Counter {
    counted: Cell<u32>,
}

impl Counter {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn count(&self) -> u32 {
        self.counted.replace(self.counted.get() + 1)
    }
}

pub async fn answer() -> u32 {
    42
}
