//! Each format over all the verdicts: one snapshot a format, and what must be true in every one.

use std::fmt::Write as _;

use base64::Engine as _;
use grade::report::context::Context;
use grade::report::{self, Format};
use grade::verdict::{CheckStatus, Verdict};
use serde_json::Value;

use super::verdicts;

/// What each platform says of itself.
pub fn context() -> Context {
    let variables = [
        ("CLASSROOM", "async-rust"),
        ("ASSIGNMENT", "exercise-3"),
        ("OWNER", "student"),
        ("SUBMISSION_TAG", "submit/1"),
        ("COMMIT_URL", "https://example.com/commit"),
        ("RELEASE_URL", "https://example.com/release"),
        ("REVIEW_URL", "https://example.com/review"),
        ("SUBMITTED_AT", "2026-11-01T12:00:00Z"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Context {
        folder: "work/".to_owned(),
        variables: variables.into(),
        ..Context::default()
    }
}

pub fn rendered(format: Format, verdict: &Verdict) -> String {
    let text = report::render(format, verdict, &context()).unwrap();
    anstream::adapter::strip_str(&text).to_string()
}

fn json(format: Format, verdict: &Verdict) -> Value {
    serde_json::from_str(&rendered(format, verdict)).unwrap()
}

/// What a snapshot has of a report: a long one is told by its size.
fn shown(name: &str, format: Format, verdict: &Verdict) -> String {
    let text = rendered(format, verdict);
    match (name, format) {
        ("very_long", _) => format!("{} bytes", text.len()),
        ("late", Format::Classroom) => {
            let tests = decoded(verdict)["tests"].as_array().unwrap().clone();
            let passed = tests.iter().filter(|test| test["status"] == "pass").count();
            let last = tests.iter().find(|test| test["status"] == "fail").unwrap();
            format!(
                "{passed} of {} tests passed; the first that did not:\n{last:#}",
                tests.len()
            )
        }
        (_, Format::Classroom) => format!("{:#}", decoded(verdict)),
        _ => text,
    }
}

fn decoded(verdict: &Verdict) -> Value {
    let text = rendered(Format::Classroom, verdict);
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(text.trim_end())
        .unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

const FORMATS: [Format; 15] = [
    Format::Concise,
    Format::JsonLines,
    Format::Github,
    Format::Markdown,
    Format::Html,
    Format::Junit,
    Format::Gradescope,
    Format::Prairielearn,
    Format::Exercism,
    Format::Classroom50,
    Format::Classroom,
    Format::Ctrf,
    Format::Sarif,
    Format::Vpl,
    Format::Coderunner,
];

#[test]
fn each_format_has_a_snapshot_over_all_verdicts() {
    for format in FORMATS {
        let mut out = String::new();
        for (name, verdict) in verdicts::all() {
            let _ = writeln!(out, "━━━━ {name}\n{}", shown(name, format, &verdict));
        }
        insta::assert_snapshot!(format.name(), out);
    }
}

#[test]
fn nothing_that_acts_on_a_terminal_is_in_any_report() {
    for format in FORMATS.into_iter().chain([Format::Full, Format::Json]) {
        let text = rendered(format, &verdicts::hostile());
        for c in text.chars().filter(|c| *c != '\n') {
            let harmful = c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!harmful, "{c:?} in {}", format.name());
        }
    }
}

#[test]
fn no_report_of_a_failed_grader_has_hidden_source() {
    for format in FORMATS {
        let text = rendered(format, &verdicts::grader_failed());
        assert!(!text.contains("the hidden source"), "{text}");
    }
}

#[test]
fn totals_are_the_sums_of_their_parts_in_every_format() {
    for (name, verdict) in verdicts::all() {
        let sum = |value: &Value, field: &str| -> u64 {
            let parts = value["tests"].as_array().unwrap().iter();
            parts.map(|part| part[field].as_u64().unwrap()).sum()
        };
        let (score, max) = (u64::from(verdict.score), u64::from(verdict.max_score));
        let gradescope = json(Format::Gradescope, &verdict);
        assert_eq!(gradescope["score"], score, "{name}");
        assert_eq!(
            (sum(&gradescope, "score"), sum(&gradescope, "max_score")),
            (score, max),
            "{name}"
        );
        let classroom50 = json(Format::Classroom50, &verdict);
        assert_eq!(
            (
                classroom50["score"].as_u64(),
                classroom50["max-score"].as_u64()
            ),
            (Some(score), Some(max))
        );
        assert_eq!(
            (sum(&classroom50, "score"), sum(&classroom50, "max-score")),
            (score, max),
            "{name}"
        );
        let classroom = decoded(&verdict);
        assert_eq!(
            (sum(&classroom, "score"), classroom["max_score"].as_u64()),
            (score, Some(max)),
            "{name}"
        );
        let prairielearn = json(Format::Prairielearn, &verdict);
        if prairielearn["gradable"] == true && max > 0 {
            let fraction = prairielearn["score"].as_f64().unwrap();
            assert!(
                (fraction * f64::from(verdict.max_score) - f64::from(verdict.score)).abs() < 1e-9
            );
            assert_eq!(
                (
                    sum(&prairielearn, "points"),
                    sum(&prairielearn, "max_points")
                ),
                (score, max)
            );
        }
    }
}

#[test]
fn every_format_with_a_total_has_the_score_before_lateness_and_after() {
    let verdict = verdicts::late();
    assert_eq!((verdict.score, verdict.max_score), (56, 100));
    let no_total = [Format::Sarif, Format::Exercism];
    // What these have is the total alone: their objects are closed, or counted by their reader.
    let closed = [Format::Classroom50, Format::Classroom];
    for format in FORMATS.into_iter().chain([Format::Full, Format::Json]) {
        let text = match format {
            Format::Classroom => decoded(&verdict).to_string(),
            _ => rendered(format, &verdict),
        };
        if no_total.contains(&format) {
            continue;
        }
        assert!(text.contains("56"), "{}: {text}", format.name());
        assert!(
            text.contains("80") || closed.contains(&format),
            "{}: {text}",
            format.name()
        );
    }
    // What came in time is told as ever.
    assert_eq!(
        rendered(Format::Full, &verdicts::in_time()),
        rendered(Format::Full, &verdicts::all_passed())
    );
}

/// As classroom-resources/autograding-grading-reporter counts: by scores, and by an equal share of each passed test.
#[test]
fn the_two_totals_of_the_legacy_reporter_agree() {
    for (name, verdict) in verdicts::all() {
        let result = decoded(&verdict);
        let tests = result["tests"].as_array().unwrap();
        assert!(!tests.is_empty(), "{name}");
        let max = result["max_score"].as_u64().unwrap();
        let passed = tests.iter().filter(|test| test["status"] == "pass").count() as u64;
        let by_share = max * passed / tests.len() as u64;
        let by_score: u64 = tests
            .iter()
            .map(|test| test["score"].as_u64().unwrap())
            .sum();
        assert_eq!(by_share, by_score, "{name}");
        assert!(tests.iter().all(|test| test["line_no"].is_u64()), "{name}");
    }
}

#[test]
fn what_the_grader_could_not_grade_costs_no_attempt() {
    for (name, verdict) in verdicts::all() {
        let graded = verdict
            .checks
            .iter()
            .all(|check| matches!(check.status, CheckStatus::Passed | CheckStatus::Failed))
            && verdict.trouble.is_none();
        let result = json(Format::Prairielearn, &verdict);
        assert_eq!(result["gradable"], graded, "{name}");
        assert_eq!(result.get("score").is_some(), graded, "{name}");
    }
}

#[test]
fn reports_stay_below_the_limits_of_their_platforms() {
    let long = verdicts::very_long();
    assert!(rendered(Format::Prairielearn, &long).len() < 1_000_000);
    assert!(report::github::summary(&long, &[]).len() < 1024 * 1024);
    for message in [
        &json(Format::Exercism, &long),
        &json(Format::Exercism, &verdicts::did_not_compile()),
    ] {
        let message = message["message"].as_str().unwrap_or_default();
        assert!(message.len() <= 65_535);
    }
    let annotations = rendered(Format::Github, &long);
    for command in ["::error ", "::warning ", "::notice "] {
        let count = annotations
            .lines()
            .filter(|line| line.starts_with(command))
            .count();
        assert!(count <= 10, "{count} of {command}");
    }
}

/// As the runner reads it: after stop-commands nothing is a command but the token; a command has a line of its own.
#[test]
fn a_student_gives_the_workflow_no_command() {
    for (name, verdict) in verdicts::all() {
        let text = rendered(Format::Github, &verdict);
        let mut stopped: Option<String> = None;
        let mut said = Vec::new();
        for line in text.lines() {
            if let Some(token) = &stopped {
                if line == format!("::{token}::") {
                    stopped = None;
                }
            } else if let Some(token) = line.strip_prefix("::stop-commands::") {
                stopped = Some(token.to_owned());
            } else {
                said.push(line);
            }
        }
        assert_eq!(stopped, None, "{name}");
        for line in said {
            let known = ["::error ", "::warning ", "::notice "];
            assert!(
                known.iter().any(|command| line.starts_with(command)),
                "{name}: {line}"
            );
        }
        let own = text.split("::stop-commands::").nth(1).unwrap();
        let token = own.lines().next().unwrap();
        assert_eq!(text.matches(token).count(), 2, "{name}");
    }
}

/// As VPL reads it: a grade is a line that begins with the marker, outside a block of comments or not.
#[test]
fn a_student_cannot_forge_a_grade_line() {
    let text = rendered(Format::Vpl, &verdicts::hostile());
    let grades: Vec<_> = text.lines().filter(|line| line.contains(":=>>")).collect();
    assert_eq!(grades, ["Grade :=>>0"]);
    assert_eq!(text.matches("--|>").count(), 1);
    assert_eq!(text.matches("<|--").count(), 1);
    for in_doubt in [
        verdicts::undecided(),
        verdicts::interrupted(),
        verdicts::grader_failed(),
    ] {
        assert!(!rendered(Format::Vpl, &in_doubt).contains("Grade"));
    }
}

#[test]
fn the_same_verdict_gives_the_same_bytes() {
    for (_, verdict) in verdicts::all() {
        for format in FORMATS {
            assert_eq!(rendered(format, &verdict), rendered(format, &verdict));
        }
    }
}
