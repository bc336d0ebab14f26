//! Stored traces, `grade.trace/1`: JSON, one value a line. The first line is about the run; then each check has a line
//! of its own, and behind it one line for each event of its drive.
//!
//! The file may be anybody's: it is read as hostile input.

mod of;
mod read;
#[cfg(test)]
mod tests;
mod write;

use serde::{Deserialize, Serialize};
use trace::finding::Finding;
use trace::peaks::Peaks;
use trace::{Completion, Trace};

use crate::diagnostic::Diagnostic;

pub use read::read;
pub use write::write;

pub const SCHEMA: &str = "grade.trace/1";

/// What was driven in one run, and all that judging it again needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub run: Run,
    /// In the order of the checks.
    pub checks: Vec<Check>,
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    pub schema: String,
    /// The version of `grade`.
    pub grader: String,
    pub exercise: String,
    /// blake3 of all that decided.
    pub exercise_digest: String,
    /// blake3 of what was driven: all of that but the judge and the settings.
    pub driver_digest: String,
    /// blake3 of the submission's files.
    pub submission: String,
    pub toolchain: String,
    /// How many seeded schedules each check was driven under.
    pub schedules: u32,
    pub isolation: Vec<String>,
    pub not_checked: Vec<String>,
    /// Whether it was refused or did not compile, so that no check ran.
    pub rejected: bool,
    pub diagnostics: Vec<Diagnostic>,
    pub diagnostics_left_out: usize,
}

/// A check that was driven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    Driven(Box<Driven>),
    /// It could not be: why the grader is in doubt.
    Doubted {
        check: String,
        doubt: String,
    },
}

/// The drive that the verdict on a check rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Driven {
    pub trace: Trace,
    pub found: Found,
}

/// What a judge cannot see in a trace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Whether its schedule is told as what it fails under.
    pub under_schedule: bool,
    /// Which of the seeded schedules that was, counted from 1.
    pub seed: Option<u32>,
    /// What drives showed that were held against each other: `nondeterministic`, `real-clock`.
    pub compared: Option<Finding>,
}

/// A check's own line.
#[derive(Debug, Serialize, Deserialize)]
struct CheckLine {
    check: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    doubt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    drive: Option<DriveLine>,
}

#[derive(Debug, Serialize, Deserialize)]
struct DriveLine {
    /// `plain`, `seeded:NUMBER`, or a code as reports have it.
    schedule: String,
    found: Found,
    ending: Completion,
    peaks: Peaks,
    /// How many lines follow.
    events: usize,
}

impl Stored {
    /// The trace of a check, if it was driven.
    pub fn trace(&self, check: &str) -> Option<&Trace> {
        let traces = self.checks.iter().filter_map(|check| match check {
            Check::Driven(driven) => Some(&driven.trace),
            Check::Doubted { .. } => None,
        });
        traces.into_iter().find(|trace| trace.check == check)
    }
}

/// The number behind `seeded:` in a schedule's code.
const SEEDED: &str = "seeded:";
