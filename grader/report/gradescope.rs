//! `--format gradescope`: `/autograder/results/results.json`, as docs/specs.md of Gradescope's `autograder_samples` has
//! it. Every check is visible, since one hidden test hides the student's total: what a course does not
//! disclose is taken out of the verdict before it comes here. What `grade` itself printed is for the
//! instructor alone.

use serde_json::{Value, json};

use super::{json_text, words};
use crate::verdict::{Check, CheckStatus, Verdict};

/// How many bytes of text one test has.
const LONGEST: usize = 64 * 1024;

/// Renders a verdict.
pub fn render(verdict: &Verdict) -> String {
    let mut above = vec![words::score(verdict)];
    above.extend(words::above_checks(verdict));
    let tests = verdict.checks.iter().enumerate();
    let tests: Vec<_> = tests
        .map(|(at, check)| test(at + 1, check, verdict))
        .collect();
    json_text::pretty(&json!({
        "score": verdict.score,
        "output": words::at_most(LONGEST, &above),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {
            "grader": verdict.grader,
            "exercise": verdict.exercise,
            "exercise_digest": verdict.exercise_digest,
            "submission": verdict.submission,
            "status": verdict.status,
            "lateness": verdict.lateness,
        },
        "tests": tests,
    }))
}

fn test(number: usize, check: &Check, verdict: &Verdict) -> Value {
    let kinds: Vec<_> = check
        .findings
        .iter()
        .filter(|found| !found.advice)
        .collect();
    let mut tags: Vec<_> = kinds
        .into_iter()
        .map(|found| words::line(&found.kind))
        .collect();
    tags.dedup();
    json!({
        "number": number.to_string(),
        "name": words::line(&check.title),
        "name_format": "text",
        "status": if check.status == CheckStatus::Passed { "passed" } else { "failed" },
        "score": check.points,
        "max_score": check.max_points,
        "output": words::at_most(LONGEST, &words::of_check(check, verdict)),
        "output_format": "text",
        "tags": tags,
        "visibility": "visible",
        "extra_data": { "check": check.name, "status": check.status },
    })
}
