//! How a test on plain tokio can see what a judge found, without the judge.

use std::collections::{BTreeMap, BTreeSet};

use trace::{Closing, Halt, Kind, Owner, Trace};

use crate::judging::Judge;
use crate::verdict::CheckFinding;

/// The most real milliseconds that a test is made to sleep.
const MOST_BLOCKED_MS: u64 = 60_000;

/// What a test looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sign {
    /// The driver saw what the failed run saw, up to this virtual millisecond.
    Seen { until_ms: u64, lines: Vec<String> },
    /// It panics.
    Panic,
    /// It never returns, and the clock goes on.
    NoReturn,
    /// It holds the runtime's thread for good.
    Stuck,
    /// It holds the runtime's thread for so many real milliseconds.
    Blocked(u64),
    /// Tasks are left.
    Leak,
}

/// How a test can tell.
///
/// # Errors
/// Why it cannot.
pub fn sign(finding: &CheckFinding, trace: &Trace, judge: &mut Judge) -> Result<Sign, String> {
    let cannot = |why: &str| Err(why.to_owned());
    match finding.kind.as_str() {
        "blocked-executor" => blocked(trace),
        "panicked" => Ok(Sign::Panic),
        "deadlock" | "lost-wakeup" | "never-finishes" => Ok(Sign::NoReturn),
        "livelock" | "lock-across-await" => Ok(Sign::Stuck),
        "spinning" => cannot("on the real clock the loop comes to its end"),
        "leaked-task" if leaves_tasks(trace) => Ok(Sign::Leak),
        "leaked-task" => cannot("the task is gone when the driver is done"),
        "real-clock" => {
            cannot("there the clocks of std are the machine's, and threads run by themselves")
        }
        "ended-early" => cannot("the test would end with the process, and with no word"),
        "swallowed-panic" => cannot("there nobody sees a panic that nobody looks at"),
        "never-awaited" => cannot("rustc is who tells of it there"),
        "holds-too-much" => cannot("there nothing counts what is allocated"),
        "wrong-output" => cannot("a test cannot read what is printed from it"),
        _ => Ok(seen(finding, trace, judge)),
    }
}

fn blocked(trace: &Trace) -> Result<Sign, String> {
    let is_for_good = trace.events.iter().any(|event| {
        let Kind::Halted { why } = &event.kind else {
            return false;
        };
        matches!(why, Halt::Stopped { .. } | Halt::Locked { .. })
    });
    let blocked = trace.events.iter().filter_map(|event| match &event.kind {
        Kind::Blocked { ms, .. } => Some(*ms),
        _ => None,
    });
    match blocked.sum() {
        _ if is_for_good => Ok(Sign::Stuck),
        0 => Err("how long it holds the thread is the machine's to say".to_owned()),
        ms if ms > MOST_BLOCKED_MS => {
            Err("it would hold the thread for more than a minute".to_owned())
        }
        ms => Ok(Sign::Blocked(ms)),
    }
}

/// Whether tasks are left when the drive is over.
fn leaves_tasks(trace: &Trace) -> bool {
    let mut alive = BTreeSet::new();
    for event in &trace.events {
        match &event.kind {
            Kind::Spawned {
                task,
                owner: Owner::Submission,
                ..
            } => drop(alive.insert(*task)),
            Kind::Ended { task, .. } => drop(alive.remove(task)),
            _ => {}
        }
    }
    !alive.is_empty()
}

/// What the driver saw: all of it, or what comes up to the finding's time, where the judge says the same of that.
fn seen(finding: &CheckFinding, trace: &Trace, judge: &mut Judge) -> Sign {
    let mut until_ms = trace.events.last().map_or(0, |event| event.at_ms);
    if let Some(at_ms) = finding.virtual_ms {
        let mut beginning = trace.clone();
        beginning.events.retain(|event| event.at_ms <= at_ms);
        let outcome = judge.judge(&beginning);
        let says_the_same = outcome
            .findings()
            .first()
            .is_some_and(|first| first.message == finding.message && first.kind == finding.kind);
        if says_the_same {
            until_ms = at_ms;
        }
    }
    Sign::Seen {
        until_ms,
        lines: lines(trace, until_ms),
    }
}

/// The driver's notes and calls, as the test's lab writes them.
fn lines(trace: &Trace, until_ms: u64) -> Vec<String> {
    let mut calls = BTreeMap::new();
    let mut lines = Vec::new();
    for event in trace.events.iter().filter(|event| event.at_ms <= until_ms) {
        let line = match &event.kind {
            Kind::Note { key, value } => format!("{key} = {value}"),
            Kind::Began {
                call,
                service,
                label,
            } => {
                let name = format!("{service} {label}");
                let line = format!("{name} begins");
                calls.insert(*call, name);
                line
            }
            Kind::Failed { call, error } => format!("{} meets {error}", name(&calls, *call)),
            Kind::Closed { call, how } => {
                let how = match how {
                    Closing::Answered => "answered",
                    Closing::Failed => "failed",
                    Closing::Dropped => "dropped",
                };
                format!("{} is {how}", name(&calls, *call))
            }
            _ => continue,
        };
        lines.push((event.at_ms, line));
    }
    lines.sort();
    lines
        .into_iter()
        .map(|(at_ms, line)| format!("{at_ms} ms: {line}"))
        .collect()
}

/// A call's service and label. A trace may tell of a call that never began.
fn name(calls: &BTreeMap<u32, String>, call: u32) -> &str {
    calls.get(&call).map_or("", String::as_str)
}
