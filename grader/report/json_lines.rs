//! `--format json-lines`: a JSON object a line, each with the `event` that it tells of. On standard output a
//! check's line comes as soon as it, and those before it, are decided.

use serde_json::json;

use super::json_text;
use crate::verdict::{Check, Verdict};

/// Names the version of these lines.
pub const SCHEMA: &str = "grade.event/1";

/// What is graded, before any check.
pub fn started(verdict: &Verdict) -> String {
    json_text::line(&json!({
        "event": "started",
        "schema": SCHEMA,
        "exercise": verdict.exercise,
        "title": verdict.title,
        "checks": verdict.checks.iter().map(|check| &check.name).collect::<Vec<_>>(),
    }))
}

/// A check that is decided, as the verdict has it. Advice from the compiler is in the verdict only.
pub fn check(check: &Check) -> String {
    json_text::line(&json!({ "event": "check", "check": check }))
}

/// The end: the whole verdict.
pub fn finished(verdict: &Verdict) -> String {
    json_text::line(&json!({ "event": "finished", "verdict": verdict }))
}

/// What is left to tell: everything, or the end alone where each check was told of as it was decided.
pub fn render(verdict: &Verdict, told: bool) -> String {
    let mut out = String::new();
    if !told {
        out.push_str(&started(verdict));
        let graded = verdict.checks.iter().filter(|check| check.is_graded());
        out.extend(graded.map(check));
    }
    out.push_str(&finished(verdict));
    out
}
