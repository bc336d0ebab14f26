//! `--format exercism`: results.json version 3, as building/tooling/test-runners/interface.md of exercism/docs has
//! it. `error` at the top means that no test ran. Students' output is not part of a verdict, so there is none.

use serde_json::{Map, Value, json};

use super::{json_text, words};
use crate::verdict::{Check, CheckStatus, Verdict};

/// The limit of a message is 65,535 characters, and less where some of them take several bytes.
const LONGEST: usize = 65_535;

/// Renders a verdict.
pub fn render(verdict: &Verdict) -> String {
    let ran = |check: &Check| matches!(check.status, CheckStatus::Passed | CheckStatus::Failed);
    if !verdict.checks.iter().any(ran) {
        let mut lines = words::above_checks(verdict);
        lines.extend(
            verdict
                .checks
                .iter()
                .filter_map(|check| check.doubt.as_deref().map(words::line)),
        );
        if lines.is_empty() {
            lines.push(words::score(verdict));
        }
        return json_text::pretty(&json!({
            "version": 3,
            "status": "error",
            "message": words::at_most(LONGEST, &lines),
            "tests": [],
        }));
    }
    let passed = |check: &Check| check.status == CheckStatus::Passed;
    let tests: Vec<_> = verdict
        .checks
        .iter()
        .map(|check| test(check, verdict))
        .collect();
    json_text::pretty(&json!({
        "version": 3,
        "status": if verdict.checks.iter().all(passed) { "pass" } else { "fail" },
        "message": null,
        "tests": tests,
    }))
}

fn test(check: &Check, verdict: &Verdict) -> Value {
    let mut test = Map::new();
    test.insert("name".to_owned(), words::line(&check.title).into());
    let status = match check.status {
        CheckStatus::Passed => "pass",
        CheckStatus::Failed => "fail",
        CheckStatus::NotRun | CheckStatus::Undecided => "error",
    };
    test.insert("status".to_owned(), status.into());
    if check.status != CheckStatus::Passed {
        let message = words::at_most(LONGEST, &words::of_check(check, verdict));
        test.insert("message".to_owned(), message.into());
    }
    if let Some(task) = check.task {
        test.insert("task_id".to_owned(), task.into());
    }
    test.into()
}
