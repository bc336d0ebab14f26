//! `leaked-task`: tasks that outlive the call, or the object, that they belong to.

use std::collections::BTreeMap;

use trace::{Event, Kind, Owner, Place};

use crate::findings::Findings;
use crate::run::{Run, at};
use crate::text::{count, ms};

/// Tasks of the submission, spawned before the first note of `key`, that still live when the clock
/// has moved on from it.
pub fn nothing_runs_after(run: &Run<'_>, key: &str) -> Findings {
    let Some((noted, at_ms)) = noted(run, key) else {
        return Findings::none();
    };
    let alive = alive(run, at_ms, |number, _| number < noted);
    let Some(place) = alive.values().next() else {
        return Findings::none();
    };
    let message = format!(
        "{} spawned here still ran at {}, when all of it should have been over",
        count(alive.len(), "task"),
        ms(at_ms)
    );
    Findings::one("leaked-task", message)
        .at(at(place))
        .at_ms(at_ms)
}

/// Tasks of the submission that still live when the clock moves on from `grace_ms` after the first
/// note of `key`. What is spawned in that last millisecond may belong to whatever comes next.
///
/// # Panics
/// When the trace ends before: the exercise's mistake.
pub fn nothing_outlives(run: &Run<'_>, what: &str, key: &str, grace_ms: u64) -> Findings {
    let Some((noted, noted_ms)) = noted(run, key) else {
        return Findings::none();
    };
    let over_ms = noted_ms + grace_ms;
    assert!(
        run.events()
            .last()
            .is_some_and(|last| last.at_ms >= over_ms),
        "the driver does not let {} go by after `{key}`",
        ms(grace_ms)
    );
    let spawned = |number, event: &Event| number < noted || event.at_ms < over_ms;
    let alive = alive(run, over_ms, spawned);
    let Some(place) = alive.values().next() else {
        return Findings::none();
    };
    let message = format!(
        "a task spawned here still runs {} after {what} was dropped",
        ms(grace_ms)
    );
    Findings::one("leaked-task", message)
        .at(at(place))
        .at_ms(over_ms)
}

/// Where and when `key` was first noted.
fn noted(run: &Run<'_>, key: &str) -> Option<(usize, u64)> {
    let is_noted = |event: &Event| matches!(&event.kind, Kind::Note { key: k, .. } if k == key);
    let noted = run.events().iter().position(is_noted)?;
    Some((noted, run.events()[noted].at_ms))
}

/// The tasks of the submission, of those whose spawning `counts`, that live when the clock moves on
/// from `at_ms`, with the places that spawned them.
fn alive<'a>(
    run: &Run<'a>,
    at_ms: u64,
    counts: impl Fn(usize, &Event) -> bool,
) -> BTreeMap<u32, &'a Place> {
    let mut alive = BTreeMap::new();
    let events = run.events().iter().enumerate();
    for (number, event) in events.take_while(|(_, event)| event.at_ms <= at_ms) {
        match &event.kind {
            Kind::Spawned {
                task,
                owner: Owner::Submission,
                place,
            } if counts(number, event) => {
                alive.insert(*task, place);
            }
            Kind::Ended { task, .. } => {
                alive.remove(task);
            }
            _ => {}
        }
    }
    alive
}

#[cfg(test)]
mod tests {
    use trace::{Completion, Ending, Event, Kind, Owner, Place, Trace};

    use crate::run::Run;

    fn spawned(task: u32) -> Kind {
        Kind::Spawned {
            task,
            owner: Owner::Submission,
            place: Place::Known {
                file: "src/lib.rs".to_owned(),
                line: task,
            },
        }
    }

    fn ended(task: u32) -> Kind {
        let how = Ending::Finished;
        Kind::Ended { task, how }
    }

    fn dropped() -> Kind {
        Kind::Note {
            key: "gone".to_owned(),
            value: "null".to_owned(),
        }
    }

    /// The line of the task that outlives the queue by 50 ms.
    fn outlives(events: &[(u64, Kind)]) -> Option<u32> {
        let event = |(at_ms, kind): &(u64, Kind)| Event {
            at_ms: *at_ms,
            task: 0,
            kind: kind.clone(),
        };
        let trace = Trace {
            check: String::new(),
            schedule: trace::schedule::Schedule::Plain,
            events: events.iter().map(event).collect(),
            peaks: trace::peaks::Peaks::default(),
            ending: Completion::Whole,
        };
        let found = Run::new(&trace).nothing_outlives("the queue", "gone", 50);
        let found = found.into_vec().pop()?;
        assert_eq!(
            found.message,
            "a task spawned here still runs 50 ms after the queue was dropped"
        );
        found.at.map(|at| at.line)
    }

    #[test]
    fn a_task_that_lives_past_the_grace_outlives() {
        let kept = [(0, spawned(1)), (10, dropped()), (61, ended(1))];
        assert_eq!(outlives(&kept), Some(1));
        let by_another = [
            (0, spawned(1)),
            (10, dropped()),
            (20, spawned(2)),
            (30, ended(1)),
            (60, Kind::Returned),
        ];
        assert_eq!(outlives(&by_another), Some(2));
    }

    #[test]
    fn a_task_that_ends_within_the_grace_or_comes_behind_it_does_not() {
        let ends = [(0, spawned(1)), (10, dropped()), (60, ended(1))];
        assert_eq!(outlives(&ends), None);
        let next = [(10, dropped()), (60, spawned(2)), (99, Kind::Returned)];
        assert_eq!(outlives(&next), None);
    }

    #[test]
    #[should_panic(expected = "the driver does not let 50 ms go by after `gone`")]
    fn a_trace_that_ends_within_the_grace_says_nothing() {
        outlives(&[(0, spawned(1)), (10, dropped()), (59, Kind::Returned)]);
    }
}
