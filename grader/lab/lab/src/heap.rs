//! How much heap a piece of the submission's work has at a time.

use crate::interpose::heap as counter;

/// A measurement under way; one at a time.
#[derive(Debug)]
pub struct Measure(());

impl Measure {
    pub fn begin() -> Self {
        counter::start();
        Self(())
    }

    /// The most bytes allocated at a time since the measurement began; `None` where the platform's
    /// allocator is not watched.
    pub fn peak(self) -> Option<u64> {
        let Self(()) = self;
        counter::stop()
    }
}
