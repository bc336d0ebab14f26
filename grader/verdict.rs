//! The verdict: what the grader says of a submission. `grade.verdict/1`, as DESIGN.md has it.
//!
//! No wall-clock time, path or entropy is in here: two runs are equal byte for byte.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use trace::finding::{CheckInfo, Finding};

use crate::counterexample::Counterexample;
use crate::diagnostic::Diagnostic;
use crate::exit_code::ExitCode;
use crate::report::schema;
use crate::text::plural;

pub const SCHEMA: &str = "grade.verdict/1";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// What kept the grader from a whole verdict: its own failure, or that it was interrupted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trouble: Option<String>,
    /// What was earned, less what lateness took: the sum of the checks' points.
    pub score: u32,
    pub max_score: u32,
    /// When it was due and when it came, where both are known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lateness: Option<Lateness>,
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

/// How late a submission came, and what that took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lateness {
    /// As the platform told it, RFC 3339.
    pub submitted_at: String,
    /// The student's own, RFC 3339.
    pub deadline: String,
    /// Whether it is later than that of others.
    pub extended: bool,
    /// Whole seconds from the deadline to the submission; 0 where it came in time.
    pub late_seconds: u64,
    /// How much of the score was taken, 0 to 100; rounded down to whole points.
    pub percent: u32,
    /// The score before that.
    pub score_before: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Passed,
    Failed,
    /// It was refused, or did not compile: no check ran.
    Rejected,
    /// The grader is in doubt about at least one check, or failed.
    Undecided,
    /// The run was cut short: what is not graded yet has `not-run`.
    Interrupted,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    pub name: String,
    pub title: String,
    /// The task of the exercise that it belongs to, counted from 1, where it belongs to one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub task: Option<u32>,
    pub status: CheckStatus,
    /// What it earned, less its part of what lateness took.
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CheckStatus {
    Passed,
    Failed,
    NotRun,
    Undecided,
}

/// A finding of a check; `advice` costs no points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckFinding {
    pub kind: String,
    pub message: String,
    #[schemars(with = "Option<schema::At>")]
    pub at: Option<trace::finding::At>,
    pub virtual_ms: Option<u64>,
    pub expected: Option<String>,
    pub got: Option<String>,
    pub advice: bool,
}

impl Check {
    pub fn is_graded(&self) -> bool {
        self.status != CheckStatus::NotRun
    }

    /// A check that nothing is known of yet.
    pub fn not_run(info: &CheckInfo, task: Option<u32>) -> Self {
        Self {
            name: info.name.clone(),
            title: info.title.clone(),
            task,
            status: CheckStatus::NotRun,
            points: 0,
            max_points: info.points,
            hints: Vec::new(),
            findings: Vec::new(),
            doubt: None,
            schedule: None,
            replay: None,
        }
    }
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
            Status::Interrupted => ExitCode::Interrupted,
        }
    }

    /// What is said of a submission before anything is known of it but its exercise.
    pub fn begun(exercise: &str, title: &str) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            grader: env!("CARGO_PKG_VERSION").to_owned(),
            exercise: exercise.to_owned(),
            title: title.to_owned(),
            exercise_digest: String::new(),
            status: Status::Undecided,
            trouble: None,
            score: 0,
            max_score: 0,
            lateness: None,
            schedules: 0,
            submission: String::new(),
            toolchain: String::new(),
            isolation: Vec::new(),
            not_checked: Vec::new(),
            diagnostics: Vec::new(),
            diagnostics_left_out: 0,
            checks: Vec::new(),
        }
    }

    /// The verdict of a run that a signal cut short: on what was graded by then.
    #[must_use]
    pub fn cut_short(self) -> Self {
        let graded = |check: &&Check| check.status != CheckStatus::NotRun;
        let trouble = format!(
            "the run was interrupted: {} of {} were graded",
            self.checks.iter().filter(graded).count(),
            plural(self.checks.len(), "check")
        );
        Self {
            status: Status::Interrupted,
            trouble: Some(trouble),
            ..self.summed()
        }
    }

    /// The verdict of a run that the grader could not finish. Of what went wrong only the first line is
    /// told: the rest may be an exercise's hidden source, and is for standard error.
    #[must_use]
    pub fn failed(self, error: &str) -> Self {
        let error = error
            .lines()
            .next()
            .unwrap_or_default()
            .trim_end_matches(':');
        Self {
            status: Status::Undecided,
            trouble: Some(format!("the grader failed: {error}")),
            ..self.summed()
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
