//! What a report may say beside the verdict: where it is written, and for whom.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::time::SystemTime;

use super::{Format, github};
use crate::error::{Error, Result};
use crate::timeline::Picture;
use crate::timeline::render::Look;
use crate::timings::Timings;
use crate::verdict::Verdict;

/// The variables of platforms that reports depend on.
const VARIABLES: [&str; 13] = [
    "ASSIGNMENT",
    "ASSIGNMENT_TYPE",
    "CLASSROOM",
    "COMMIT_URL",
    "GITHUB_OUTPUT",
    "GITHUB_REPOSITORY_OWNER",
    "GITHUB_STEP_SUMMARY",
    "OWNER",
    "RELEASE_URL",
    "REVIEW_URL",
    "SUBMISSION_TAG",
    "SUBMITTED_AT",
    "VPL_GRADEMAX",
];

#[derive(Debug, Clone, Default)]
pub struct Context {
    pub timings: Option<Timings>,
    /// Timelines of checks, for the formats that show them.
    pub pictures: Vec<Picture>,
    /// How a terminal draws them.
    pub look: Look,
    /// Columns of the terminal that it is printed on; `None` elsewhere, where no line is broken.
    pub columns: Option<usize>,
    /// The submission's folder below the repository's: what a platform puts before its files' paths, with a
    /// slash at its end, or nothing.
    pub folder: String,
    /// Those of [`VARIABLES`] that are set and not empty.
    pub variables: BTreeMap<String, String>,
    /// When the report is written, in seconds since 1970. Only the one format that demands it has it.
    pub now: u64,
    /// Whether each check was told of on standard output while the run went on.
    pub told: bool,
}

impl Context {
    /// Of this process, for a submission in this folder.
    pub fn here(submission: &Path) -> Self {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let workspace =
            set("GITHUB_WORKSPACE").map_or_else(std::env::current_dir, |w| Ok(w.into()));
        let below = workspace
            .and_then(fs::canonicalize)
            .and_then(|root| Ok((root, fs::canonicalize(submission)?)))
            .ok()
            .and_then(|(root, folder)| Some(folder.strip_prefix(root).ok()?.to_owned()));
        let folder = below
            .filter(|below| !below.as_os_str().is_empty())
            .map_or_else(String::new, |below| format!("{}/", below.display()));
        let variables = VARIABLES
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), set(name)?)));
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Self {
            folder,
            variables: variables.collect(),
            now: now.map_or(0, |now| now.as_secs()),
            ..Self::default()
        }
    }

    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str)
    }

    /// For the format of GitHub Actions: adds the step's summary and outputs to the files that are for them.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn note_for_github(&self, format: Format, verdict: &Verdict) -> Result<()> {
        if format != Format::Github {
            return Ok(());
        }
        for (name, text) in [
            (
                "GITHUB_STEP_SUMMARY",
                github::summary(verdict, &self.pictures),
            ),
            ("GITHUB_OUTPUT", github::outputs(verdict)),
        ] {
            if let Some(path) = self.variable(name) {
                OpenOptions::new()
                    .append(true)
                    .create(true)
                    .open(path)
                    .and_then(|mut file| file.write_all(text.as_bytes()))
                    .map_err(|e| Error::grader(format!("failed to write {name}, {path}: {e}")))?;
            }
        }
        Ok(())
    }
}
