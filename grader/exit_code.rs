//! How `grade` ends. Scripts depend on these.

use std::process::Termination;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitCode {
    /// All checks passed.
    Passed = 0,
    /// Graded, and not all checks passed.
    NotPassed = 1,
    /// A usage or configuration error.
    Usage = 2,
    /// The submission was rejected or did not compile.
    Rejected = 3,
    /// The grader itself failed, or is in doubt about a check.
    Grader = 5,
    /// Interrupted by a signal.
    Interrupted = 130,
}

impl ExitCode {
    pub const ALL: [Self; 6] = [
        Self::Passed,
        Self::NotPassed,
        Self::Usage,
        Self::Rejected,
        Self::Grader,
        Self::Interrupted,
    ];

    /// What it says, in a line.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Passed => "all checks passed; for other commands than grading: it is done",
            Self::NotPassed => {
                "graded, and not all checks passed; `grade verify`: an exercise has a shortfall"
            }
            Self::Usage => {
                "the command line, a variable, grade.toml or the course is wrong: nothing was graded"
            }
            Self::Rejected => "the submission was rejected or did not compile: no check ran",
            Self::Grader => {
                "the grader itself failed, or is in doubt about a check: no grade should be taken from it"
            }
            Self::Interrupted => "interrupted by a signal; reports say what was graded by then",
        }
    }

    /// For platforms that read any other code as a crash: what the student did ends with 0.
    #[must_use]
    pub fn or_zero(self, exit_zero: bool) -> Self {
        match self {
            Self::NotPassed | Self::Rejected if exit_zero => Self::Passed,
            other => other,
        }
    }
}

impl Termination for ExitCode {
    fn report(self) -> std::process::ExitCode {
        std::process::ExitCode::from(self as u8)
    }
}
