//! A schedule under which a check fails, as a student reads it: what departs from the plain one, in words.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use trace::schedule::{Choice, Choices, Poll};
use trace::{Event, Kind, Owner, Place, Trace};

/// The schedule that a failed check was found under, shrunk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counterexample {
    /// What `--schedule` takes to drive it again.
    pub code: String,
    /// Which of the seeded schedules found it, counted from 1; none where it was asked for by its code.
    pub seed: Option<u32>,
    /// How many choices depart from the plain schedule.
    pub perturbations: usize,
    /// Each of them in words.
    pub told: Vec<String>,
}

impl Counterexample {
    /// Tells of a drive under an exact schedule.
    pub fn of(trace: &Trace, seed: Option<u32>) -> Self {
        let choices = choices(&trace.events);
        let spawned = spawned(&trace.events);
        let told = told(&trace.events, &spawned);
        Self {
            code: choices.to_string(),
            seed,
            perturbations: choices.len(),
            told,
        }
    }
}

/// What departed from the plain schedule in a drive.
pub fn choices(events: &[Event]) -> Choices {
    let choices = events.iter().filter_map(|event| match &event.kind {
        Kind::HeldBack { at, turns } => Some(Choice::HeldBack {
            at: *at,
            turns: *turns,
        }),
        Kind::Drawn { key, value, plain } if value != plain => Some(Choice::Drawn {
            key: key.clone(),
            value: *value,
        }),
        _ => None,
    });
    choices.collect()
}

/// The plain value of every draw.
pub fn plain_draws(events: &[Event]) -> BTreeMap<String, u64> {
    let draws = events.iter().filter_map(|event| match &event.kind {
        Kind::Drawn { key, plain, .. } => Some((key.clone(), *plain)),
        _ => None,
    });
    draws.collect()
}

/// Where each task of the submission was spawned.
fn spawned(events: &[Event]) -> BTreeMap<u32, String> {
    let spawned = events.iter().filter_map(|event| match &event.kind {
        Kind::Spawned {
            task,
            owner: Owner::Submission,
            place: Place::Known { file, line },
        } => Some((*task, format!("{file}:{line}"))),
        _ => None,
    });
    spawned.collect()
}

fn told(events: &[Event], spawned: &BTreeMap<u32, String>) -> Vec<String> {
    let all = events.iter().enumerate();
    let told = all.filter_map(|(number, event)| match &event.kind {
        Kind::HeldBack { at, turns } => {
            let ran = let_go(&events[number..], *at);
            let often = match turns {
                1 => "once".to_owned(),
                2 => "twice".to_owned(),
                more => format!("{more} times"),
            };
            let at_ms = event.at_ms;
            Some(format!(
                "{} held back {often} at {at_ms} ms{}",
                task(at.task, spawned),
                meanwhile(ran)
            ))
        }
        Kind::Drawn { key, value, plain } if value != plain => {
            Some(format!("`{key}` is {value} instead of {plain}"))
        }
        _ => None,
    });
    told.collect()
}

/// Who ran while a task was held back.
fn let_go(events: &[Event], at: Poll) -> &[u32] {
    let ran = events.iter().find_map(|event| match &event.kind {
        Kind::LetGo { task, meanwhile } if *task == at.task => Some(meanwhile.as_slice()),
        _ => None,
    });
    ran.unwrap_or_default()
}

/// `task 2 (src/lib.rs:14)`; task 0 is the driver.
fn task(task: u32, spawned: &BTreeMap<u32, String>) -> String {
    match (task, spawned.get(&task)) {
        (0, _) => "the caller".to_owned(),
        (_, Some(place)) => format!("task {task} ({place})"),
        (_, None) => format!("task {task}"),
    }
}

/// ` while task 3 ran`, ` while the caller, tasks 3, 4 and 9 more ran`, or nothing.
fn meanwhile(ran: &[u32]) -> String {
    const SHOWN: usize = 4;
    let mut names: Vec<_> = ran
        .iter()
        .take(SHOWN)
        .map(|task| match task {
            0 => "the caller".to_owned(),
            task => format!("task {task}"),
        })
        .collect();
    if ran.len() > SHOWN {
        names.push(format!("{} more", ran.len() - SHOWN));
    }
    match &names[..] {
        [] => String::new(),
        [one] => format!(" while {one} ran"),
        [first @ .., last] => format!(" while {} and {last} ran", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use trace::Completion;
    use trace::schedule::Schedule;

    use super::*;

    fn counterexample(kinds: impl IntoIterator<Item = Kind>) -> Counterexample {
        let event = |kind| Event {
            at_ms: 5,
            task: 0,
            kind,
        };
        let trace = Trace {
            check: "check".to_owned(),
            schedule: Schedule::Plain,
            events: kinds.into_iter().map(event).collect(),
            peaks: trace::peaks::Peaks::default(),
            ending: Completion::Whole,
        };
        Counterexample::of(&trace, Some(3))
    }

    fn held_back(task: u32, turns: u8, meanwhile: &[u32]) -> [Kind; 2] {
        let at = Poll { task, poll: 1 };
        let meanwhile = meanwhile.to_vec();
        [
            Kind::HeldBack { at, turns },
            Kind::LetGo { task, meanwhile },
        ]
    }

    #[test]
    fn who_is_held_back_is_told_with_who_ran_meanwhile() {
        let place = Place::Known {
            file: "src/lib.rs".to_owned(),
            line: 14,
        };
        let spawned = Kind::Spawned {
            task: 2,
            owner: Owner::Submission,
            place,
        };
        let kinds = [
            held_back(2, 1, &[3]),
            held_back(7, 2, &[]),
            held_back(0, 3, &[0, 1, 2, 3, 4, 5]),
        ];
        let told = counterexample([spawned].into_iter().chain(kinds.into_iter().flatten()));
        assert_eq!(
            told.told,
            [
                "task 2 (src/lib.rs:14) held back once at 5 ms while task 3 ran",
                "task 7 held back twice at 5 ms",
                "the caller held back 3 times at 5 ms while the caller, task 1, task 2, task 3 and 2 more ran",
            ]
        );
        assert_eq!(
            (told.code.as_str(), told.perturbations),
            ("0.1x3,2.1,7.1x2", 3)
        );
    }

    #[test]
    fn a_draw_is_told_when_it_is_not_plain() {
        let drawn = |value| Kind::Drawn {
            key: "latency of /a".to_owned(),
            value,
            plain: 100,
        };
        assert_eq!(
            counterexample([drawn(40)]).told,
            ["`latency of /a` is 40 instead of 100"]
        );
        assert_eq!(counterexample([drawn(100)]).code, "plain");
    }
}
