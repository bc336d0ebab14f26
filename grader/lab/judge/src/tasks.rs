//! `leaked-task`: tasks that outlive the call they belong to.

use std::collections::BTreeMap;

use trace::{Kind, Owner};

use crate::findings::Findings;
use crate::run::{Run, at};
use crate::text::{count, ms};

/// Tasks of the submission, spawned before the first note of `key`, that still live when the clock
/// has moved on from it.
pub fn nothing_runs_after(run: &Run<'_>, key: &str) -> Findings {
    let events = run.events();
    let noted = events
        .iter()
        .position(|event| matches!(&event.kind, Kind::Note { key: k, .. } if k == key));
    let Some(noted) = noted else {
        return Findings::none();
    };
    let at_ms = events[noted].at_ms;
    let mut alive = BTreeMap::new();
    for (number, event) in events.iter().enumerate() {
        if event.at_ms > at_ms {
            break;
        }
        match &event.kind {
            Kind::Spawned {
                task,
                owner: Owner::Submission,
                place,
            } if number < noted => {
                alive.insert(*task, place);
            }
            Kind::Ended { task, .. } => {
                alive.remove(task);
            }
            _ => {}
        }
    }
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
