//! `--format junit`: `JUnit` XML as nextest writes it. A check that failed is a failure; one that was not run or is
//! in doubt is an error, since it says nothing of the code; one that an interruption left is skipped. There
//! are no times: a verdict has none.

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use super::words;
use crate::verdict::{Check, CheckStatus, Status, Verdict};

/// Renders a verdict.
///
/// # Panics
/// Never: the report is written to memory.
pub fn render(verdict: &Verdict) -> String {
    let mut report = Report::new("grade");
    let mut suite = TestSuite::new(verdict.exercise.as_str());
    for (name, value) in [
        ("title", words::line(&verdict.title)),
        ("score", verdict.score.to_string()),
        ("max-score", verdict.max_score.to_string()),
    ] {
        suite.add_property(Property::new(name, value));
    }
    if let Some(lateness) = &verdict.lateness {
        let before = lateness.score_before.to_string();
        suite.add_property(Property::new("score-before-lateness", before));
    }
    for check in &verdict.checks {
        suite.add_test_case(case(check, verdict));
    }
    let above = words::above_checks(verdict);
    if verdict.checks.is_empty() {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status
            .set_message(words::score(verdict))
            .set_description(above.join("\n"));
        suite.add_test_case(TestCase::new("graded", status));
    } else if !above.is_empty() {
        suite.set_system_err(above.join("\n"));
    }
    report.add_test_suite(suite);
    report.to_string().expect("memory takes a report")
}

fn case(check: &Check, verdict: &Verdict) -> TestCase {
    let found = check.findings.iter().find(|found| !found.advice);
    let mut status = match check.status {
        CheckStatus::Passed => TestCaseStatus::success(),
        CheckStatus::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
        CheckStatus::NotRun if verdict.status == Status::Interrupted => TestCaseStatus::skipped(),
        CheckStatus::NotRun | CheckStatus::Undecided => {
            TestCaseStatus::non_success(NonSuccessKind::Error)
        }
    };
    let lines = words::of_check(check, verdict);
    if check.status != CheckStatus::Passed {
        let message = found.map_or_else(
            || lines.first().cloned().unwrap_or_default(),
            |found| words::line(&found.message),
        );
        let kind = match check.status {
            CheckStatus::NotRun => "not-run",
            CheckStatus::Undecided => "undecided",
            _ => found.map_or("failed", |found| found.kind.as_str()),
        };
        status.set_message(message).set_type(words::line(kind));
        status.set_description(lines.join("\n"));
    }
    let mut case = TestCase::new(words::line(&check.title), status);
    case.set_classname(format!("{}.{}", verdict.exercise, check.name));
    case.add_property(Property::new("points", check.points.to_string()));
    case.add_property(Property::new("max-points", check.max_points.to_string()));
    if check.status == CheckStatus::Passed && !lines.is_empty() {
        case.set_system_out(lines.join("\n"));
    }
    case
}
