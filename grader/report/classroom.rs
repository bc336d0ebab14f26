//! `--format classroom`: the `result` output that GitHub Classroom's legacy reporter decodes: base64 of JSON, version 1.
//!
//! The reporter counts points twice: it adds up each test's `score`, and it gives each passed test the same
//! share of `max_score`. The two agree only where all tests weigh the same: so a check is told as several tests
//! of equal points, of which those that lateness took have failed. It prints nonsense where `line_no`, `score` or every test is missing: none of them ever is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::words;
use crate::verdict::{Check, CheckStatus, Status, Verdict};

/// Renders a verdict: one line, the value of the step's output.
pub fn render(verdict: &Verdict) -> String {
    let object = json!({
        "version": 1,
        "status": match verdict.status {
            Status::Passed => "pass",
            Status::Failed => "fail",
            Status::Rejected | Status::Undecided | Status::Interrupted => "error",
        },
        "max_score": verdict.max_score,
        "tests": tests(verdict),
    });
    STANDARD.encode(object.to_string()) + "\n"
}

fn tests(verdict: &Verdict) -> Vec<Value> {
    let counted = || verdict.checks.iter().filter(|check| check.max_points > 0);
    let share = counted()
        .flat_map(|check| [check.max_points, check.points])
        .reduce(divisor)
        .unwrap_or(0);
    if share == 0 {
        // Nothing has points: one test says how it went.
        return vec![test(
            &verdict.title,
            verdict.status == Status::Passed,
            0,
            &words::score(verdict),
        )];
    }
    let parts = counted().flat_map(|check| {
        let parts = check.max_points / share;
        (1..=parts).map(move |part| part_of(check, part, parts, share, verdict))
    });
    parts.collect()
}

/// The greatest number that divides both.
fn divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { divisor(b, a % b) }
}

fn part_of(check: &Check, part: u32, parts: u32, share: u32, verdict: &Verdict) -> Value {
    let name = match parts {
        1 => check.title.clone(),
        _ => format!("{} ({part}/{parts})", check.title),
    };
    let passed = check.status == CheckStatus::Passed;
    let has_points = (part - 1) * share < check.points;
    let mut said = words::of_check(check, verdict);
    if passed && !has_points {
        said = words::lateness(verdict).into_iter().collect();
    } else if part > 1 {
        said.clear();
    }
    test(
        &name,
        has_points,
        if has_points { share } else { 0 },
        &said.join("\n"),
    )
}

fn test(name: &str, passed: bool, score: u32, message: &str) -> Value {
    json!({
        "name": words::line(name),
        "status": if passed { "pass" } else { "fail" },
        "score": score,
        "message": message,
        "test_code": "",
        "filename": "",
        "line_no": 0,
        "duration": 0,
    })
}
