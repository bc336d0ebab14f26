//! What happened in one drive.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::time::Instant;

/// What the lines of a record begin with: the submission prints to the same stream.
pub const MARK: char = '\u{1}';

#[derive(Debug, Clone)]
pub struct Record {
    began: Instant,
    events: Arc<Mutex<Vec<(u64, String)>>>,
}

impl Record {
    pub fn begin() -> Self {
        Self {
            began: Instant::now(),
            events: Arc::default(),
        }
    }

    /// Whole milliseconds since the drive began.
    pub fn now_ms(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    pub fn add(&self, event: String) {
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        events.push((self.now_ms(), event));
    }

    /// `MS EVENT`, a line each, behind the mark that no line of the submission's own begins with.
    pub fn text(&self) -> String {
        let events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::new();
        for (at_ms, event) in &*events {
            let _ = writeln!(text, "{MARK}{at_ms} {event}");
        }
        text
    }
}
