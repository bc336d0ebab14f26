//! The timeline: what each task and call did, and when, read from a trace alone.
//!
//! A [`Timeline`] is one drive, as rows of bars. A [`Picture`] is what is drawn: one drive, or the submission's
//! above the reference's on one axis. The renderers in [`render`] are pure.

mod axis;
pub mod block;
mod fold;
pub mod instant;
mod part;
mod read;
pub mod render;
mod rows;
mod told;
mod words;

pub use part::Parting;

/// One drive, as rows of bars over virtual time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// In the order in which they began; the calls of a task follow it.
    pub rows: Vec<Row>,
    /// Every virtual millisecond at which something happened, in order, each once.
    pub moments: Vec<u64>,
    /// How the drive ended, where it did not come to its end.
    pub cut: Option<Cut>,
    /// What can be held against another drive of the same check.
    steps: Vec<part::Step>,
}

/// A task, a call, or a task that did nothing but make one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    /// What rows are folded by: where a task was spawned, or which service was called.
    pub origin: Origin,
    /// Whether it is a call of the task in the row above.
    pub is_inner: bool,
    /// Without gaps, in order; of no length where it began and ended at one instant.
    pub stretches: Vec<Stretch>,
    pub end: End,
    /// In order of time.
    pub marks: Vec<Mark>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The driver's own function.
    Caller,
    /// The driver's other tasks.
    Callers,
    /// Tasks spawned at this line of the submission.
    Spawned {
        file: String,
        line: u32,
    },
    /// Tasks of the submission, spawned where no line is known.
    SpawnedSomewhere,
    Calls {
        service: String,
    },
}

/// A part of a bar, in virtual milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub from_ms: u64,
    pub to_ms: u64,
    pub what: Doing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// A task that makes calls, while it is in none that this row shows.
    Waits,
    /// In a call; or the whole life of a task that makes none.
    Works,
    /// It held the runtime's thread: nothing else could run.
    Holds,
}

/// How a row ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Finished, or answered.
    Done,
    /// Answered with an error.
    Failed,
    /// Dropped or aborted before it was done.
    Cancelled,
    Panicked,
    /// It was still there when the drive ended.
    Open,
}

/// Something that happened at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub at_ms: u64,
    pub what: Happening,
    /// In words, of one line.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happening {
    Printed,
    /// An error within a call that goes on.
    Failed,
    /// It held the thread for no time that a clock shows.
    Held,
    Panicked,
    /// The drive ended while it waited for something.
    Stuck,
    /// It ended the process, or started a thread that the clock does not wait for.
    Left,
}

/// Why a drive did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    pub at_ms: u64,
    pub text: String,
}

impl Timeline {
    /// The last virtual millisecond at which something happened.
    pub fn ends_ms(&self) -> u64 {
        self.moments.last().copied().unwrap_or(0)
    }
}

impl Row {
    pub fn from_ms(&self) -> u64 {
        self.stretches.first().map_or(0, |first| first.from_ms)
    }

    pub fn to_ms(&self) -> u64 {
        self.stretches.last().map_or(0, |last| last.to_ms)
    }

    pub fn length_ms(&self) -> u64 {
        self.to_ms() - self.from_ms()
    }
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The name of the check.
    pub check: String,
    pub yours: Timeline,
    /// The reference answer's drive of the same check under the same schedule. Whoever makes a picture sees to it
    /// that it is not there where the check is not disclosed.
    pub reference: Option<Timeline>,
    /// The first moment at which they part.
    pub parting: Option<Parting>,
}

impl Picture {
    /// One drive by itself.
    pub fn alone(check: &str, yours: Timeline) -> Self {
        Self {
            check: check.to_owned(),
            yours,
            reference: None,
            parting: None,
        }
    }

    /// Two drives of one check on one axis.
    pub fn beside(check: &str, yours: Timeline, reference: Timeline) -> Self {
        Self {
            check: check.to_owned(),
            parting: part::first(&yours.steps, &reference.steps),
            yours,
            reference: Some(reference),
        }
    }

    /// The drives, each with its name where there are two.
    fn sides(&self) -> Vec<(Option<&'static str>, &Timeline)> {
        match &self.reference {
            None => vec![(None, &self.yours)],
            Some(reference) => vec![(Some("yours"), &self.yours), (Some("reference"), reference)],
        }
    }
}
