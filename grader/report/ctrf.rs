//! `--format ctrf`: the Common Test Report Format. Its times are 0: a verdict has none.

use serde_json::{Map, Value, json};

use super::{json_text, words};
use crate::verdict::{Check, CheckStatus, Status, Verdict};

/// Renders a verdict.
pub fn render(verdict: &Verdict) -> String {
    let tests: Vec<_> = verdict
        .checks
        .iter()
        .map(|check| test(check, verdict))
        .collect();
    let count = |wanted: &str| tests.iter().filter(|test| test["status"] == wanted).count();
    let before = verdict.lateness.as_ref().map(|late| late.score_before);
    json_text::pretty(&json!({
        "reportFormat": "CTRF",
        "specVersion": "0.0.0",
        "results": {
            "tool": { "name": "grade", "version": verdict.grader },
            "summary": {
                "tests": tests.len(),
                "passed": count("passed"),
                "failed": count("failed"),
                "skipped": count("skipped"),
                "pending": count("pending"),
                "other": count("other"),
                "start": 0,
                "stop": 0,
            },
            "tests": tests,
            "extra": {
                "exercise": verdict.exercise,
                "status": verdict.status,
                "score": verdict.score,
                "maxScore": verdict.max_score,
                "scoreBeforeLateness": before.unwrap_or(verdict.score),
                "message": words::above_checks(verdict).join("\n"),
            },
        },
    }))
}

/// A check that did not run because the submission did not compile has failed, for a dashboard.
fn test(check: &Check, verdict: &Verdict) -> Value {
    let mut test = Map::new();
    let mut field = |name: &str, value: Value| test.insert(name.to_owned(), value);
    field("name", words::line(&check.title).into());
    let status = match check.status {
        CheckStatus::Passed => "passed",
        CheckStatus::Failed => "failed",
        CheckStatus::NotRun if verdict.status == Status::Rejected => "failed",
        CheckStatus::NotRun => "skipped",
        CheckStatus::Undecided => "other",
    };
    field("status", status.into());
    field("duration", 0.into());
    field("rawStatus", json!(check.status));
    if check.status != CheckStatus::Passed {
        field("message", words::of_check(check, verdict).join("\n").into());
    }
    let found = check.findings.iter().find(|found| !found.advice);
    if let Some(at) = found.and_then(|found| found.at.as_ref()) {
        field("filePath", words::line(&at.file).into());
        field("line", at.line.into());
    }
    let extra =
        json!({ "check": check.name, "points": check.points, "maxPoints": check.max_points });
    field("extra", extra);
    test.into()
}
