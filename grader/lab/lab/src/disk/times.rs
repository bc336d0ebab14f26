//! `FileTimes`, as tokio has it.

use std::time::SystemTime;

/// When a file was read and written; what is not set stays as it is.
#[derive(Debug, Clone, Default)]
#[must_use = "they are a file's only after `File::set_times`"]
pub struct FileTimes(pub(super) std::fs::FileTimes);

impl FileTimes {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn set_accessed(self, time: SystemTime) -> Self {
        Self(self.0.set_accessed(time))
    }

    pub fn set_modified(self, time: SystemTime) -> Self {
        Self(self.0.set_modified(time))
    }
}
