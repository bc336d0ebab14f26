//! `--format prairielearn`: `/grade/results/results.json`, as docs/externalGrading.md of `PrairieLearn` has it. What
//! did not compile, and what the grader could not grade, is not gradable: it costs no attempt. Every test
//! has points, since one without turns the points of all off.

use serde_json::{Value, json};

use super::{json_text, words};
use crate::verdict::{Check, Status, Verdict};

/// The whole file may have 1 MB; this leaves room for what JSON adds.
const ALL_TEXT: usize = 400 * 1024;

/// Renders a verdict.
pub fn render(verdict: &Verdict) -> String {
    let above = words::above_checks(verdict);
    if !matches!(verdict.status, Status::Passed | Status::Failed) {
        return json_text::pretty(&json!({
            "gradable": false,
            "format_errors": [words::at_most(ALL_TEXT, &above)],
            "message": words::score(verdict),
        }));
    }
    let room = ALL_TEXT / (verdict.checks.len() + 1);
    let tests: Vec<_> = verdict
        .checks
        .iter()
        .map(|check| test(check, verdict, room))
        .collect();
    json_text::pretty(&json!({
        "gradable": true,
        "score": fraction(verdict),
        "message": words::score(verdict),
        "output": words::at_most(room, &above),
        "tests": tests,
    }))
}

/// From 0 to 1. An exercise without points is passed or not.
pub fn fraction(verdict: &Verdict) -> Value {
    match (verdict.score, verdict.max_score) {
        (_, 0) => json!(u8::from(verdict.status == Status::Passed)),
        (score, max) if score == max => json!(1),
        (0, _) => json!(0),
        (score, max) => json!(f64::from(score) / f64::from(max)),
    }
}

fn test(check: &Check, verdict: &Verdict, room: usize) -> Value {
    let found = check.findings.iter().find(|found| !found.advice);
    json!({
        "name": words::line(&check.title),
        "points": check.points,
        "max_points": check.max_points,
        "message": found.map(words::finding).unwrap_or_default(),
        "output": words::at_most(room, &words::of_check(check, verdict)),
    })
}
