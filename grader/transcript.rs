//! A trace as text, one event a line: what a snapshot of the reference answer holds.

use std::fmt::Write as _;

use trace::{Closing, Completion, Ending, Kind, Owner, Place, Stream, Trace};

use crate::text::plain;

/// What was done and printed, in virtual time.
pub fn render(trace: &Trace) -> String {
    let mut out = String::new();
    for event in &trace.events {
        let _ = writeln!(
            out,
            "{:>7} ms  task {:<3} {}",
            event.at_ms,
            event.task,
            plain(&what(&event.kind))
        );
    }
    match &trace.ending {
        Completion::Whole => {}
        Completion::Cut { how } => {
            let _ = writeln!(out, "cut: {how}");
        }
        Completion::TimedOut { limit_ms } => {
            let _ = writeln!(out, "still busy after {limit_ms} ms");
        }
    }
    out
}

fn what(kind: &Kind) -> String {
    match kind {
        Kind::Spawned {
            task,
            owner: Owner::Driver,
            ..
        } => format!("spawned {task} (the driver's)"),
        Kind::Spawned { task, place, .. } => format!("spawned {task}{}", at(place)),
        Kind::Ended { task, how } => {
            let how = match how {
                Ending::Finished => "finished",
                Ending::Panicked => "panicked",
                Ending::Cancelled => "was cancelled",
            };
            format!("{task} {how}")
        }
        Kind::HeldBack { at, turns } => {
            format!(
                "{} held back before its poll {}, {turns} turns",
                at.task, at.poll
            )
        }
        Kind::LetGo { task, .. } => format!("{task} let go"),
        Kind::Drawn { key, value, .. } => format!("drew {key}: {value}"),
        Kind::Note { key, value } => format!("{key} {value}"),
        Kind::Began {
            call,
            service,
            label,
        } => format!("{service} {call} began: {label}"),
        Kind::Failed { call, error } => format!("call {call} met an error: {error}"),
        Kind::Closed { call, how } => {
            let how = match how {
                Closing::Answered => "was answered",
                Closing::Failed => "failed",
                Closing::Dropped => "was dropped",
            };
            format!("call {call} {how}")
        }
        Kind::Printed {
            stream: Stream::Stdout,
            line,
        } => format!("printed {line:?}"),
        Kind::Printed {
            stream: Stream::Stderr,
            line,
        } => format!("printed {line:?} to stderr"),
        Kind::Blocked { by, ms, place } => format!("{by} held the thread for {ms} ms{}", at(place)),
        Kind::Panicked { message, place } => format!("panic: {message}{}", at(place)),
        Kind::Swallowed { task } => format!("nobody looked at the panic of {task}"),
        Kind::Thread { place } => format!("started a thread{}", at(place)),
        Kind::Exited { how, place } => format!("{how}{}", at(place)),
        Kind::Halted { why } => format!("halted: {why:?}"),
        Kind::Made {
            what,
            place,
            polled,
            dropped,
        } => format!(
            "{what}: {polled} polled, {dropped} dropped without{}",
            at(place)
        ),
        Kind::Cancelled { suspension, place } => {
            format!("dropped at suspension {suspension}{}", at(place))
        }
        Kind::Returned => "returned".to_owned(),
    }
}

fn at(place: &Place) -> String {
    match place {
        Place::Known { file, .. } => format!(" in {file}"),
        Place::Unknown | Place::Frames(_) => String::new(),
    }
}
