//! The verdict: what the grader says of a submission. `grade.verdict/1`, as DESIGN.md has it.
//!
//! No wall-clock time, path or entropy is in here: two runs are equal byte for byte.

use serde::{Deserialize, Serialize};
use trace::finding::Finding;

use crate::counterexample::Counterexample;
use crate::diagnostic::Diagnostic;
use crate::exit_code::ExitCode;

pub const SCHEMA: &str = "grade.verdict/1";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    pub schema: String,
    /// The version of `grade`.
    pub grader: String,
    pub exercise: String,
    /// The exercise's title.
    pub title: String,
    /// blake3 of everything that decides: contract, driver, judge, settings, handed crates.
    pub exercise_digest: String,
    pub status: Status,
    pub score: u32,
    pub max_score: u32,
    /// How many seeded schedules each check was driven under, beside the plain one, unless it failed
    /// before or says otherwise itself.
    pub schedules: u32,
    /// blake3 of the submission's files.
    pub submission: String,
    pub toolchain: String,
    /// The layers of isolation that were in force.
    pub isolation: Vec<String>,
    /// What this platform cannot observe.
    pub not_checked: Vec<String>,
    /// What the compiler or the intake said.
    pub diagnostics: Vec<Diagnostic>,
    /// How many diagnostics there were beyond those kept.
    pub diagnostics_left_out: usize,
    pub checks: Vec<Check>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Passed,
    Failed,
    /// It was refused, or did not compile: no check ran.
    Rejected,
    /// The grader is in doubt about at least one check.
    Undecided,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub name: String,
    pub title: String,
    pub status: CheckStatus,
    pub points: u32,
    pub max_points: u32,
    /// For a check that did not pass.
    pub hints: Vec<String>,
    /// Why it failed; in a passed check, advice that costs nothing.
    pub findings: Vec<CheckFinding>,
    /// Why the grader is in doubt.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub doubt: Option<String>,
    /// The schedule that it failed under, where that is not the plain one.
    pub schedule: Option<Counterexample>,
    /// The command that drives this check again, under the schedule that it failed under.
    pub replay: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckStatus {
    Passed,
    Failed,
    NotRun,
    Undecided,
}

/// A finding of a check; `advice` costs no points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckFinding {
    pub kind: String,
    pub message: String,
    pub at: Option<trace::finding::At>,
    pub virtual_ms: Option<u64>,
    pub expected: Option<String>,
    pub got: Option<String>,
    pub advice: bool,
}

impl CheckFinding {
    pub fn new(finding: Finding, advice: bool) -> Self {
        let Finding {
            kind,
            message,
            at,
            virtual_ms,
            expected,
            got,
        } = finding;
        Self {
            kind,
            message,
            at,
            virtual_ms,
            expected,
            got,
            advice,
        }
    }
}

impl Verdict {
    /// How a run with this verdict ends.
    pub fn exit_code(&self) -> ExitCode {
        match self.status {
            Status::Passed => ExitCode::Passed,
            Status::Failed => ExitCode::NotPassed,
            Status::Rejected => ExitCode::Rejected,
            Status::Undecided => ExitCode::Grader,
        }
    }

    /// Fills in the status and scores that follow from the checks.
    #[must_use]
    pub fn summed(mut self) -> Self {
        self.score = self.checks.iter().map(|check| check.points).sum();
        self.max_score = self.checks.iter().map(|check| check.max_points).sum();
        let any = |status| self.checks.iter().any(|check| check.status == status);
        self.status = if any(CheckStatus::NotRun) {
            Status::Rejected
        } else if any(CheckStatus::Undecided) {
            Status::Undecided
        } else if any(CheckStatus::Failed) {
            Status::Failed
        } else {
            Status::Passed
        };
        self
    }
}
