//! What keeps the grader from grading: never the student's mistake, which is a verdict.

use std::fmt;
use std::path::Path;

use crate::disk_space;
use crate::exit_code::ExitCode;

/// A failure, told in one sentence with a next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    exit: ExitCode,
    message: String,
    hint: Option<String>,
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The command line or the course says something that cannot be done.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            exit: ExitCode::Usage,
            message: message.into(),
            hint: None,
        }
    }

    /// The grader, or the machine it runs on, could not do its work.
    pub fn grader(message: impl Into<String>) -> Self {
        Self {
            exit: ExitCode::Grader,
            message: message.into(),
            hint: None,
        }
    }

    /// A file or folder could not be used; `doing` fits "failed to …".
    pub fn io(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        let this = Self::grader(format!("failed to {doing} {}: {error}", path.display()));
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                this.hint(disk_space::HINT)
            }
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                this.hint("set GRADE_CACHE to a folder that you can write")
            }
            _ => this,
        }
    }

    pub fn interrupted() -> Self {
        Self {
            exit: ExitCode::Interrupted,
            message: "interrupted".to_owned(),
            hint: None,
        }
    }

    /// What to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub fn has_hint(&self) -> bool {
        self.hint.is_some()
    }

    /// What it says, and what to do next.
    pub fn said(&self) -> (&str, Option<&str>) {
        (&self.message, self.hint.as_deref())
    }

    pub fn exit_code(&self) -> ExitCode {
        self.exit
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.hint
            .as_ref()
            .map_or(Ok(()), |hint| write!(f, "\nhint: {hint}"))
    }
}

impl std::error::Error for Error {}
