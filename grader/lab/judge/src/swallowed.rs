//! `swallowed-panic`: spawned tasks that panicked, whose `JoinError` nobody read.

use std::collections::BTreeMap;

use trace::finding::At;
use trace::{Kind, Place};

use crate::findings::Findings;
use crate::run::{Run, at};
use crate::text::{cut, ms};

/// Panics of one place and message.
struct Swallowed {
    place: Option<At>,
    line: String,
    first_ms: u64,
    count: usize,
}

/// One finding for each place and message, in the order they were first given up.
pub fn findings(run: &Run<'_>) -> Findings {
    let mut spawned = BTreeMap::new();
    let mut panics = BTreeMap::new();
    let mut all: Vec<Swallowed> = Vec::new();
    for event in run.events() {
        match &event.kind {
            Kind::Spawned { task, place, .. } => {
                spawned.insert(*task, place);
            }
            Kind::Panicked { message, place } => {
                panics.insert(event.task, (event.at_ms, message.as_str(), place));
            }
            Kind::Swallowed { task } => {
                let unknown = (event.at_ms, "", &Place::Unknown);
                let (first_ms, message, place) = *panics.get(task).unwrap_or(&unknown);
                let place = at(place).or_else(|| at(spawned.get(task)?));
                let line = cut(message.lines().next().unwrap_or("").trim());
                let same = |other: &&mut Swallowed| other.place == place && other.line == line;
                match all.iter_mut().find(same) {
                    Some(other) => {
                        other.count += 1;
                        other.first_ms = other.first_ms.min(first_ms);
                    }
                    None => all.push(Swallowed {
                        place,
                        line,
                        first_ms,
                        count: 1,
                    }),
                }
            }
            _ => {}
        }
    }
    all.into_iter().map(told).collect()
}

fn told(swallowed: Swallowed) -> Findings {
    let Swallowed {
        place,
        line,
        first_ms,
        count,
    } = swallowed;
    let who = if count == 1 {
        format!("a spawned task panicked after {}", ms(first_ms))
    } else {
        format!(
            "{count} spawned tasks panicked here, the first after {}",
            ms(first_ms)
        )
    };
    let what = if line.is_empty() {
        String::new()
    } else {
        format!(": {line}")
    };
    Findings::one("swallowed-panic", format!("{who}, and nobody looked{what}"))
        .at(place)
        .at_ms(first_ms)
}
