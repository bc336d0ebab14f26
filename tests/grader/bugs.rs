//! A bank of bugs that an ordinary paused test does not see. Each passes under the plain schedule and is
//! found within the default ones, for the reason that its first lines name; its right twin in `fixed/`
//! passes under all of them. All are scenarios of the course in `bugs/course`: two files that differ by
//! the bug alone.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::bench::{Submission, grade, names};

const BANK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/grader/bugs");

/// The names of the bugs, in order.
fn bugs() -> Vec<String> {
    let files = names(Path::new(BANK)).into_iter();
    files
        .filter_map(|file| file.strip_suffix(".rs").map(str::to_owned))
        .collect()
}

fn file(folder: &str, bug: &str) -> PathBuf {
    Path::new(BANK).join(folder).join(bug).with_extension("rs")
}

/// What `grade` says of the only check of a scenario, under the default schedules.
fn judged(lib: &str) -> Value {
    let submission = Submission::new(lib);
    let ran = grade(["bug", "--course"])
        .arg(Path::new(BANK).join("course"))
        .arg("--path")
        .arg(submission.path())
        .args(["--format", "json"])
        .run();
    let verdict = ran.json();
    assert_eq!(verdict["diagnostics"], Value::Array(Vec::new()), "{ran}");
    verdict["checks"][0].clone()
}

/// What a bug claims after `key` in its first lines.
fn claim<'a>(lib: &'a str, key: &str) -> &'a str {
    lib.lines()
        .map_while(|line| line.strip_prefix("//! "))
        .find_map(|line| line.strip_prefix(key))
        .unwrap_or_else(|| panic!("no `{key}` in the first lines of\n{lib}"))
}

/// A bug's row of the table, or how it was not found as it claims.
fn found(bug: &str) -> Result<String, String> {
    let lib = fs::read_to_string(file("", bug)).unwrap();
    let check = judged(&lib);
    let missed = |how: &str| Err(format!("{bug} {how}: {check:#}"));
    if check["status"] == "passed" {
        return missed("is not found");
    }
    let schedule = &check["schedule"];
    let (Some(seed), Some(perturbations)) = (
        schedule["seed"].as_u64(),
        schedule["perturbations"].as_u64(),
    ) else {
        return missed("fails under the plain schedule");
    };
    let finding = claim(&lib, "finding: ");
    let findings = check["findings"].as_array().expect("findings");
    if !findings.iter().any(|f| f["kind"] == finding) {
        return missed("is found for another reason");
    }
    Ok(format!(
        "| {} | `{finding}` | {seed} | {perturbations} |",
        bug.replace('_', " ")
    ))
}

#[test]
fn every_bug_is_found_within_the_default_schedules() {
    let mut table =
        "| bug | finding | seeds needed | perturbations |\n| --- | --- | --- | --- |".to_owned();
    let mut missed = Vec::new();
    for bug in bugs() {
        match found(&bug) {
            Ok(row) => write!(table, "\n{row}").unwrap(),
            Err(how) => missed.push(how),
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    insta::assert_snapshot!("bugs", table);
    let design = concat!(env!("CARGO_MANIFEST_DIR"), "/DESIGN.md");
    let design = fs::read_to_string(design).unwrap();
    assert!(design.contains(&table), "DESIGN.md has another table");
}

#[test]
fn the_right_twin_of_every_bug_passes() {
    let bugs = bugs();
    assert!(bugs.len() > 30, "only {} bugs", bugs.len());
    let mut failed = Vec::new();
    for bug in bugs {
        let lib = fs::read_to_string(file("fixed", &bug)).unwrap();
        let check = judged(&lib);
        if check["status"] != "passed" {
            failed.push(format!("{bug}: {check:#}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
