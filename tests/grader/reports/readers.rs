//! Reports, read by the software that they are for. `tests/readers/install` brings it, and `.ci/test` calls that.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use grade::report::{self, Format};
use grade::verdict::{CheckStatus, Status};
use serde_json::Value;

use super::formats::rendered;
use super::verdicts;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A file of the installed readers.
#[track_caller]
fn installed(path: &str) -> PathBuf {
    let path = Path::new(ROOT).join("target/readers").join(path);
    assert!(
        path.exists(),
        "there is no {}: run tests/readers/install",
        path.display()
    );
    path
}

/// What `tests/readers/read.py` prints.
#[track_caller]
pub fn read<'a>(arguments: impl IntoIterator<Item = &'a Path>, how: &str) -> Value {
    let output = Command::new(installed("python/bin/python"))
        .arg(Path::new(ROOT).join("tests/readers/read.py"))
        .arg(how)
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The schema of a format's documents, as its owner publishes it.
#[track_caller]
pub fn schema(format: Format) -> PathBuf {
    match format {
        Format::Ctrf => installed("node_modules/ctrf/dist/ctrf-schema-0.0.json"),
        Format::Sarif => {
            installed("node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")
        }
        Format::Json => Path::new(ROOT).join("grader/report/verdict.schema.json"),
        other => panic!("{other:?} has no schema"),
    }
}

/// What a validator says against these documents, under their schema.
#[track_caller]
fn validate(format: Format) {
    let schema = schema(format);
    let schema = schema.as_path();
    let folder = tempfile::tempdir().unwrap();
    for (name, verdict) in verdicts::all() {
        let path = folder.path().join(name);
        fs::write(&path, rendered(format, &verdict)).unwrap();
        let errors = read([schema, &path], "schema");
        assert_eq!(errors, serde_json::json!([]), "{name}");
    }
    // The validator can say no.
    let path = folder.path().join("wrong");
    fs::write(&path, "{\"results\": 1, \"runs\": 1}").unwrap();
    assert_ne!(read([schema, &path], "schema"), serde_json::json!([]));
}

#[test]
fn junitparser_counts_what_the_verdict_counts() {
    let folder = tempfile::tempdir().unwrap();
    for (name, verdict) in verdicts::all() {
        let path = folder.path().join(name);
        fs::write(&path, rendered(Format::Junit, &verdict)).unwrap();
        let report = read([path.as_path()], "junit");
        let count = |status: CheckStatus| {
            verdict
                .checks
                .iter()
                .filter(|check| check.status == status)
                .count()
        };
        let interrupted = verdict.status == Status::Interrupted;
        let (undecided, not_run) = (count(CheckStatus::Undecided), count(CheckStatus::NotRun));
        let (errors, skipped) = if interrupted {
            (undecided, not_run)
        } else {
            (undecided + not_run, 0)
        };
        assert_eq!(report["tests"], verdict.checks.len().max(1), "{name}");
        assert_eq!(report["failures"], count(CheckStatus::Failed), "{name}");
        assert_eq!(
            report["errors"],
            errors + usize::from(verdict.checks.is_empty()),
            "{name}"
        );
        assert_eq!(report["skipped"], skipped, "{name}");
        for (check, case) in verdict
            .checks
            .iter()
            .zip(report["cases"].as_array().unwrap())
        {
            assert_eq!(case["name"], check.title.as_str(), "{name}");
        }
    }
}

#[test]
fn ctrf_documents_are_valid_under_the_schema_of_its_package() {
    validate(Format::Ctrf);
}

#[test]
fn sarif_documents_are_valid_under_the_standards_schema() {
    validate(Format::Sarif);
}

#[test]
fn the_schema_of_a_verdict_is_current_and_every_verdict_is_valid_under_it() {
    let path = schema(Format::Json);
    let current = serde_json::to_string_pretty(&report::schema::verdict()).unwrap() + "\n";
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &current).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == current,
        "{} is not what the types say: INSTA_UPDATE=always writes it",
        path.display()
    );
    validate(Format::Json);
}

/// The document that a browser makes of a page; it puts a picture of it into `shot`.
#[track_caller]
pub fn browsed(page: &Path, shot: &Path) -> String {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--virtual-time-budget=1000",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(["--window-size=900,700", "--dump-dom"])
        .arg(format!("--screenshot={}", shot.display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("tests/readers/install brings chromium");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Scripts would change the page, and nothing may be loaded: the page is what a reader without either sees.
#[test]
fn a_browser_shows_the_page_and_runs_nothing_of_a_students() {
    let folder = tempfile::tempdir().unwrap();
    for (name, verdict) in verdicts::all() {
        if name == "very_long" {
            continue;
        }
        let page = folder.path().join(format!("{name}.html"));
        fs::write(&page, rendered(Format::Html, &verdict)).unwrap();
        let shot = folder.path().join("page.png");
        let dom = browsed(&page, &shot);
        let title = format!("<title>{} · {}</title>", verdict.exercise, verdict.title);
        assert!(dom.contains(&title), "{name}: {dom}");
        assert_eq!(
            dom.matches("<section").count(),
            verdict.checks.len(),
            "{name}"
        );
        for element in ["<script", "<img", "<a ", "<iframe", "<link"] {
            assert!(!dom.contains(element), "{element} in {name}");
        }
        let drawn = fs::metadata(&shot).map_or(0, |metadata| metadata.len());
        assert!(drawn > 2_000, "{name}: a screenshot of {drawn} bytes");
        fs::remove_file(&shot).unwrap();
    }
}
