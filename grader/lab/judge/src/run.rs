//! [`Run`]: one drive, as a judge asks about it.

use trace::finding::At;
use trace::{Event, Kind, Place, Stream, Trace};

use crate::calls::Calls;
use crate::cancellations::Cancellation;
use crate::findings::Findings;
use crate::notes::{Note, Notes};

/// One drive of one check.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    pub(crate) trace: &'a Trace,
}

impl<'a> Run<'a> {
    pub fn new(trace: &'a Trace) -> Self {
        Self { trace }
    }

    /// Every event, for a judge that needs a word of its own.
    pub fn events(&self) -> &'a [Event] {
        &self.trace.events
    }

    /// What the driver noted under `key`, in the order it did.
    pub fn notes(&self, key: &str) -> Notes {
        notes(self.events(), key)
    }

    /// The calls to a simulated service, in the order they began.
    pub fn calls(&self, service: &str) -> Calls {
        Calls::read(self.events(), service)
    }

    /// When the driver first noted `key`, in virtual milliseconds.
    pub fn when(&self, key: &str) -> Option<u64> {
        self.notes(key).times().first().copied()
    }

    /// When the driver's function returned.
    pub fn returned_ms(&self) -> Option<u64> {
        self.events()
            .iter()
            .find(|event| event.kind == Kind::Returned)
            .map(|event| event.at_ms)
    }

    /// The lines that were printed to standard output, with their times.
    pub fn printed(&self) -> Vec<(u64, String)> {
        let lines = self.events().iter().filter_map(|event| match &event.kind {
            Kind::Printed {
                stream: Stream::Stdout,
                line,
            } => Some((event.at_ms, line.clone())),
            _ => None,
        });
        lines.collect()
    }

    /// Exactly these lines are printed, in this order.
    pub fn prints(&self, expected: &[&str]) -> Findings {
        let printed = self.printed();
        let lines: Vec<_> = printed.iter().map(|(_, line)| line.as_str()).collect();
        let Some(first) =
            (0..expected.len().max(lines.len())).find(|at| expected.get(*at) != lines.get(*at))
        else {
            return Findings::none();
        };
        let quoted = |line: Option<&&str>| {
            line.map_or_else(|| "nothing more".to_owned(), |l| format!("{l:?}"))
        };
        Findings::one(
            "wrong-output",
            format!("line {} of the output is wrong", first + 1),
        )
        .expected(quoted(expected.get(first)))
        .got(quoted(lines.get(first)))
    }

    /// The runtime's thread is never held.
    pub fn never_blocks(&self) -> Findings {
        crate::blocked::findings(self)
    }

    /// In every line that made futures, at least one of them was polled.
    pub fn nothing_unawaited(&self) -> Findings {
        crate::unawaited::findings(self)
    }

    /// The runs of the scenario that the driver had cancelled everywhere.
    pub fn cancellations(&self) -> Vec<Cancellation<'a>> {
        Cancellation::all(self)
    }

    /// `holds` finds nothing in any run of the scenario, wherever its future was dropped.
    pub fn wherever_cancelled(&self, holds: impl Fn(&Cancellation<'_>) -> Findings) -> Findings {
        crate::cancellations::wherever(self, holds)
    }

    /// `what` is dropped when the driver notes `key`; `grace_ms` virtual milliseconds later every
    /// task that the submission had spawned by then is gone. The driver lets the clock run on that
    /// long.
    pub fn nothing_outlives(&self, what: &str, key: &str, grace_ms: u64) -> Findings {
        crate::tasks::nothing_outlives(self, what, key, grace_ms)
    }

    /// No spawned task panics without anybody looking at its `JoinError`.
    pub fn no_panic_is_swallowed(&self) -> Findings {
        crate::swallowed::findings(self)
    }

    /// Every task that the submission spawned before the driver noted `key` is gone when the clock
    /// next moves.
    pub fn nothing_runs_after(&self, key: &str) -> Findings {
        crate::tasks::nothing_runs_after(self, key)
    }
}

/// What was noted under `key` in these events.
pub(crate) fn notes(events: &[Event], key: &str) -> Notes {
    let notes = events.iter().filter_map(|event| match &event.kind {
        Kind::Note { key: theirs, value } if theirs == key => Some(Note {
            at_ms: event.at_ms,
            task: event.task,
            value: serde_json::from_str(value).expect("the lab notes JSON"),
        }),
        _ => None,
    });
    Notes::new(key, notes.collect())
}

/// The line of the submission that a place is.
pub(crate) fn at(place: &Place) -> Option<At> {
    match place {
        Place::Known { file, line } => Some(At {
            file: file.clone(),
            line: *line,
        }),
        Place::Unknown | Place::Frames(_) => None,
    }
}
