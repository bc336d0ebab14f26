//! `--format concise`: the score, and a line for each check that did not pass.

use super::page::{Page, Setting};
use super::words;
use crate::verdict::{CheckStatus, Verdict};

/// Renders a verdict without colours.
pub fn render(verdict: &Verdict, setting: Setting) -> String {
    let mut page = Page::new(setting);
    for line in words::above_checks(verdict) {
        page.line(2, &line);
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
        page.line(2, &format!("{mark} {}{why}", words::line(&check.title)));
    }
    let score = words::score(verdict);
    page.line(2, &format!("{}: {score}", verdict.exercise));
    page.into_text()
}
