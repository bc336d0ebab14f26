//! The reference answer of the probe.

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
        self.counted.set(self.counted.get() + 1);
        self.counted.get()
    }
}

pub async fn answer() -> u32 {
    42
}
