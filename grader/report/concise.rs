//! `--format concise`: the score, and a line for each check that did not pass.

use std::fmt::Write as _;

use super::words;
use crate::verdict::{CheckStatus, Verdict};

/// Renders a verdict without colours.
pub fn render(verdict: &Verdict) -> String {
    let mut out = String::new();
    for line in words::above_checks(verdict) {
        let _ = writeln!(out, "{line}");
    }
    for check in &verdict.checks {
        let mark = match check.status {
            CheckStatus::Failed => '✗',
            CheckStatus::Undecided => '?',
            CheckStatus::Passed | CheckStatus::NotRun => continue,
        };
        let why = check
            .findings
            .iter()
            .find(|found| !found.advice)
            .map(words::finding);
        let why = why.or_else(|| check.doubt.as_deref()?.lines().next().map(words::line));
        let why = why.map_or_else(String::new, |why| format!(": {why}"));
        let _ = writeln!(out, "{mark} {}{why}", words::line(&check.title));
    }
    let _ = writeln!(out, "{}: {}", verdict.exercise, words::score(verdict));
    out
}
