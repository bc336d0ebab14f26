//! How far a drive got towards the counts that end one.

use serde::{Deserialize, Serialize};

use crate::frame::MAX_EVENTS;

/// The most that a drive came to of each thing that the lab bounds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Peaks {
    /// Polls at one virtual instant.
    pub polls: u64,
    /// Reads of std's and tokio's clocks in one poll.
    pub clock_reads: u64,
    /// Bytes printed, in all.
    pub printed: u64,
    /// Events recorded, in all.
    pub events: u64,
}

/// What a drive is ended at.
pub const LIMITS: Peaks = Peaks {
    polls: 1_000_000,
    clock_reads: 1_000_000,
    printed: 16 << 20,
    events: MAX_EVENTS as u64,
};

impl Peaks {
    /// The higher one of each count.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            polls: self.polls.max(other.polls),
            clock_reads: self.clock_reads.max(other.clock_reads),
            printed: self.printed.max(other.printed),
            events: self.events.max(other.events),
        }
    }

    /// What each count is called, how high it got, and what a drive is ended at.
    pub fn table(self) -> [(&'static str, u64, u64); 4] {
        [
            ("polls at one instant", self.polls, LIMITS.polls),
            (
                "clock reads in one poll",
                self.clock_reads,
                LIMITS.clock_reads,
            ),
            ("bytes printed", self.printed, LIMITS.printed),
            ("events", self.events, LIMITS.events),
        ]
    }
}
