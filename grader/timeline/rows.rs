//! Rows from what is known of a task and of its calls.

use trace::{Owner, Place};

use super::{Doing, End, Mark, Origin, Row, Stretch};
use crate::text::plain;

/// A note names a task of the driver when both together are at most this long, in characters.
const LONGEST_NOTE: usize = 24;

/// A task.
#[derive(Debug)]
pub struct Life {
    pub owner: Owner,
    pub place: Place,
    pub from_ms: u64,
    /// When it first did something itself.
    pub acted_ms: Option<u64>,
    pub ended: Option<(u64, End)>,
    pub first_note: Option<String>,
    pub holds: Vec<(u64, u64)>,
    pub marks: Vec<Mark>,
    /// Numbers of its calls.
    pub calls: Vec<u32>,
}

#[derive(Debug)]
pub struct Call {
    pub service: String,
    pub name: String,
    pub from_ms: u64,
    pub ended: Option<(u64, End)>,
    pub marks: Vec<Mark>,
}

/// Whether a task's only call can stand in the task's own row.
pub fn is_one_with(life: &Life, call: &Call) -> bool {
    match (life.ended, call.ended) {
        (_, Some((_, End::Done))) | (None, None) => true,
        (Some((task_ms, _)), Some((call_ms, _))) => task_ms == call_ms,
        _ => false,
    }
}

pub fn row_of(task: u32, life: &Life, calls: &[&Call], merged: Option<&Call>, ends_ms: u64) -> Row {
    let own = life.owner == Owner::Driver;
    let from_ms = match life.acted_ms {
        // The driver's tasks wait for their turn to call.
        Some(acted_ms) if own => acted_ms,
        _ => life.from_ms,
    };
    let (to_ms, end) = life.ended.unwrap_or((ends_ms, End::Open));
    let end = match (merged.and_then(|call| call.ended), end) {
        (Some((_, how)), End::Done) => how,
        _ => end,
    };
    let base = if calls.is_empty() {
        Doing::Works
    } else {
        Doing::Waits
    };
    let mut over: Vec<_> = life
        .holds
        .iter()
        .map(|&(from_ms, to_ms)| Stretch {
            from_ms,
            to_ms,
            what: Doing::Holds,
        })
        .collect();
    over.extend(merged.map(|call| Stretch {
        from_ms: call.from_ms,
        to_ms: call.ended.map_or(ends_ms, |(to_ms, _)| to_ms),
        what: Doing::Works,
    }));
    let mut marks = life.marks.clone();
    marks.extend(merged.into_iter().flat_map(|call| call.marks.clone()));
    marks.sort_by_key(|mark| mark.at_ms);
    Row {
        name: name_of(task, life, merged),
        origin: origin_of(task, life),
        is_inner: false,
        stretches: stretches(from_ms, to_ms.max(from_ms), base, over),
        end,
        marks,
    }
}

pub fn row_of_call(call: &Call, ends_ms: u64) -> Row {
    let (to_ms, end) = call.ended.unwrap_or((ends_ms, End::Open));
    Row {
        name: call.name.clone(),
        origin: Origin::Calls {
            service: call.service.clone(),
        },
        is_inner: true,
        stretches: stretches(
            call.from_ms,
            to_ms.max(call.from_ms),
            Doing::Works,
            Vec::new(),
        ),
        end,
        marks: call.marks.clone(),
    }
}

fn name_of(task: u32, life: &Life, merged: Option<&Call>) -> String {
    let own = life.owner == Owner::Driver;
    match (merged, &life.place) {
        (Some(call), _) if own => call.name.clone(),
        (Some(call), _) => format!("{}, task {task}", call.name),
        (None, _) if task == 0 => "the caller".to_owned(),
        (None, Place::Known { file, line }) => {
            format!("task {task} {}:{line}", plain(short(file)))
        }
        (None, _) => match &life.first_note {
            Some(note) if own && note.chars().count() <= LONGEST_NOTE => note.clone(),
            _ => format!("task {task}"),
        },
    }
}

fn origin_of(task: u32, life: &Life) -> Origin {
    match (task, life.owner, &life.place) {
        (0, ..) => Origin::Caller,
        (_, Owner::Driver, _) => Origin::Callers,
        (_, Owner::Submission, Place::Known { file, line }) => Origin::Spawned {
            file: plain(file).into_owned(),
            line: *line,
        },
        _ => Origin::SpawnedSomewhere,
    }
}

/// A bar from its parts; what is laid over it is in any order, and may lie outside.
fn stretches(from_ms: u64, to_ms: u64, base: Doing, mut over: Vec<Stretch>) -> Vec<Stretch> {
    over.sort_by_key(|stretch| stretch.from_ms);
    let mut all = Vec::new();
    let mut at_ms = from_ms;
    for stretch in over {
        let begins = stretch.from_ms.clamp(at_ms, to_ms);
        let ends = stretch.to_ms.clamp(begins, to_ms);
        if begins > at_ms {
            all.push(Stretch {
                from_ms: at_ms,
                to_ms: begins,
                what: base,
            });
        }
        if ends > begins {
            all.push(Stretch {
                from_ms: begins,
                to_ms: ends,
                what: stretch.what,
            });
        }
        at_ms = ends;
    }
    if at_ms < to_ms || all.is_empty() {
        all.push(Stretch {
            from_ms: at_ms,
            to_ms,
            what: base,
        });
    }
    all
}

fn short(file: &str) -> &str {
    file.strip_prefix("src/").unwrap_or(file)
}
