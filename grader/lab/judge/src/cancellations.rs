//! `cancel-unsafe`: what is left of a scenario when its future is dropped where it waits.

use trace::finding::At;
use trace::{Event, Kind};

use crate::findings::Findings;
use crate::notes::Notes;
use crate::run::{Run, at, notes};
use crate::text::nth;

/// One run of a scenario that the driver had cancelled everywhere.
#[derive(Debug, Clone)]
pub struct Cancellation<'a> {
    /// At which suspension its future was to be dropped, from 1.
    pub suspension: u64,
    /// When and where that was; none in the run in which it was done before.
    pub dropped: Option<(u64, Option<At>)>,
    events: &'a [Event],
}

impl<'a> Cancellation<'a> {
    /// The runs of a drive, in order.
    pub(crate) fn all(run: &Run<'a>) -> Vec<Self> {
        let begins =
            |event: &Event| matches!(&event.kind, Kind::Note { key, .. } if key == "suspension");
        let runs = run.events().chunk_by(|_, next| !begins(next));
        runs.filter(|events| begins(&events[0]))
            .map(Self::read)
            .collect()
    }

    fn read(events: &'a [Event]) -> Self {
        let dropped = events.iter().find_map(|event| match &event.kind {
            Kind::Cancelled { place, .. } => Some((event.at_ms, at(place))),
            _ => None,
        });
        Self {
            suspension: notes(&events[..1], "suspension").value(),
            dropped,
            events,
        }
    }

    /// What the driver noted in this run.
    pub fn notes(&self, key: &str) -> Notes {
        notes(self.events, key)
    }
}

/// What is found when nothing is dropped, as it is; else, for each line at which the future was
/// dropped, what is found then, as `cancel-unsafe`.
///
/// # Panics
/// When nothing was cancelled: the exercise's mistake.
pub fn wherever(run: &Run<'_>, holds: impl Fn(&Cancellation<'_>) -> Findings) -> Findings {
    let all = Cancellation::all(run);
    assert!(!all.is_empty(), "the driver cancels nothing");
    let whole = all.iter().filter(|one| one.dropped.is_none());
    let whole: Findings = whole.map(&holds).collect();
    whole.or_else(|| {
        let mut told = Vec::new();
        let mut findings = Findings::none();
        for one in &all {
            let Some((at_ms, at)) = &one.dropped else {
                continue;
            };
            let found = holds(one);
            if !found.is_empty() && (at.is_none() || !told.contains(at)) {
                told.push(at.clone());
                let when = format!("dropped at its {} suspension", nth(one.suspension));
                let found = found.turned_into("cancel-unsafe", &when);
                findings = findings.and(found.at(at.clone()).at_ms(*at_ms));
            }
        }
        findings
    })
}

#[cfg(test)]
mod tests {
    use trace::{Completion, Event, Kind, Place, Trace};

    use super::wherever;
    use crate::run::Run;

    /// What was left in each run, and the line in which it was dropped.
    fn found(runs: &[(u32, Option<u32>)]) -> Vec<(String, Option<u32>, String)> {
        let mut events = Vec::new();
        let mut happens = |kind| {
            events.push(Event {
                at_ms: 0,
                task: 0,
                kind,
            });
        };
        let note = |key: &str, value: usize| Kind::Note {
            key: key.to_owned(),
            value: value.to_string(),
        };
        happens(note("left", 7));
        for (number, (left, line)) in runs.iter().enumerate() {
            happens(note("suspension", number + 1));
            if let Some(line) = line {
                happens(Kind::Cancelled {
                    suspension: 1,
                    place: Place::Known {
                        file: "src/lib.rs".to_owned(),
                        line: *line,
                    },
                });
            }
            happens(note("left", *left as usize));
        }
        let trace = Trace {
            check: String::new(),
            schedule: trace::schedule::Schedule::Plain,
            events,
            peaks: trace::peaks::Peaks::default(),
            ending: Completion::Whole,
        };
        let findings = wherever(&Run::new(&trace), |one| one.notes("left").equals(&100));
        let findings = findings.into_vec().into_iter();
        findings
            .map(|f| (f.kind, f.at.map(|at| at.line), f.message))
            .collect()
    }

    #[test]
    fn the_suspension_that_loses_something_is_named_with_its_line() {
        let message = "dropped at its 2nd suspension: `left` is not what was asked for";
        let found = found(&[(100, Some(4)), (70, Some(5)), (100, None)]);
        assert_eq!(
            found,
            [("cancel-unsafe".to_owned(), Some(5), message.to_owned())]
        );
    }

    #[test]
    fn a_line_is_told_of_once_and_every_line_is() {
        let found = found(&[(70, Some(4)), (70, Some(4)), (80, Some(9)), (100, None)]);
        let lines: Vec<_> = found.iter().map(|(_, line, _)| *line).collect();
        assert_eq!(lines, [Some(4), Some(9)]);
    }

    #[test]
    fn what_is_wrong_without_any_cancelling_is_no_fault_of_it() {
        let found = found(&[(70, Some(4)), (70, None)]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].0.as_str(), found[0].1), ("wrong-value", None));
    }
}
