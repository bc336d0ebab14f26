//! Findings: named diagnoses with evidence, from a judge to the report.

use serde::{Deserialize, Serialize};

/// One diagnosis of one check.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Finding {
    /// An id from the list of findings: `blocked-executor`, `too-late`…
    pub kind: String,
    /// One line, in virtual time.
    pub message: String,
    /// The line of the submission that it is about.
    pub at: Option<At>,
    /// When it happened, in virtual milliseconds since the drive began.
    pub virtual_ms: Option<u64>,
    /// What should have been, where that says more than the message.
    pub expected: Option<String>,
    /// What was.
    pub got: Option<String>,
}

/// A line of the submission, counted from 1, in a file below its folder.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct At {
    pub file: String,
    pub line: u32,
}

/// What a judge makes of one trace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    pub check: String,
    pub outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// `findings` fail the check; `advice` costs nothing here.
    Judged {
        findings: Vec<Finding>,
        advice: Vec<Finding>,
    },
    /// The judge itself failed: the grader's doubt, which costs nobody a mark.
    Failed { error: String },
}

impl Outcome {
    /// Whether the check is passed.
    pub fn passes(&self) -> bool {
        matches!(self, Self::Judged { findings, .. } if findings.is_empty())
    }

    /// What fails the check.
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Judged { findings, .. } => findings,
            Self::Failed { .. } => &[],
        }
    }
}

/// What a judge says of a check before any trace: its part of the exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckInfo {
    pub name: String,
    /// A sentence about behaviour.
    pub title: String,
    pub points: u32,
    /// From a nudge to nearly the answer.
    pub hints: Vec<String>,
}

/// What a driver says of a check before any drive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriveInfo {
    pub name: String,
    /// How many seeded schedules the check is driven under, where its author says so.
    pub schedules: Option<u32>,
}
