//! The course's exercises, as a student meets them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::{Submission, grade};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn a_blocking_sleep_is_told_with_its_line_and_costs_one_check() {
    let text =
        fs::read_to_string(Path::new(ROOT).join("tests/exercise-3/mistakes/thread_sleep.rs"))
            .unwrap();
    let submission = Submission::new(&text);
    let ran = grade(["exercise-3", "--path"])
        .arg(submission.path())
        .run()
        .exits(1);
    insta::assert_snapshot!(ran.stdout);
}

#[test]
fn a_request_that_is_never_awaited_is_told_with_its_line() {
    let reference = Path::new(ROOT).join("solutions/exercise-1/src/lib.rs");
    let text = fs::read_to_string(reference).unwrap();
    let body = "    join_all(urls";
    let forgetful = text.replacen(
        body,
        &format!("    let _ = client.get(&urls.concat());\n{body}"),
        1,
    );
    let line = 1 + text.lines().position(|l| l.starts_with(body)).unwrap();
    let submission = Submission::new(&forgetful);
    let ran = grade(["exercise-1", "--path"]).arg(submission.path());
    ran.run()
        .has_full_marks()
        .reports(&format!("advice  never-awaited  src/lib.rs:{line}"));
}

/// The ids of all exercises of the course.
pub fn ids() -> Vec<String> {
    let entries = fs::read_dir(Path::new(ROOT).join("tests"))
        .unwrap()
        .flatten();
    let exercises = entries.filter(|entry| entry.path().join("exercise.toml").is_file());
    let names = exercises.map(|entry| entry.file_name().into_string().unwrap());
    let mut ids: Vec<_> = names.collect();
    ids.sort();
    ids
}

#[test]
fn the_front_page_of_the_course_leads_to_every_exercise_and_to_no_other() {
    let page = fs::read_to_string(Path::new(ROOT).join("exercises/README.md")).unwrap();
    for id in ids() {
        let row = format!("\n| [{id}]({id}/README.md) | §");
        assert!(page.contains(&row), "no row of the path is {row}");
    }
    for link in page.split("](").skip(1) {
        let link = link.split(')').next().unwrap();
        assert!(
            Path::new(ROOT).join("exercises").join(link).is_file(),
            "{link}"
        );
    }
}

/// Plain cargo, in a target folder that all of these share.
fn cargo(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(arguments)
        .current_dir(folder)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("plain"),
        )
        .env_remove("RUSTFLAGS");
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "cargo {arguments:?} in {}:\n{said}",
        folder.display()
    );
    assert!(!said.contains("warning: unused"), "{said}");
}

#[test]
fn a_starter_builds_on_plain_cargo_wherever_it_is_and_the_reference_passes_its_tests_there() {
    for exercise in ids() {
        let exercise = exercise.as_str();
        let folder = tempfile::tempdir().unwrap();
        let into: PathBuf = folder.path().join(exercise);
        grade(["start", exercise]).arg(&into).run().exits(0);
        let settings = Path::new(ROOT)
            .join("tests")
            .join(exercise)
            .join("exercise.toml");
        // One that is to be repaired first does not compile anywhere.
        if !fs::read_to_string(settings)
            .unwrap()
            .contains("does-not-compile")
        {
            cargo(&into, &["check", "--quiet", "--all-targets"]);
        }
        let solution = Path::new(ROOT)
            .join("solutions")
            .join(exercise)
            .join("src/lib.rs");
        fs::copy(solution, into.join("src/lib.rs")).unwrap();
        cargo(&into, &["test", "--quiet"]);
        cargo(&into, &["run", "--quiet", "--example", "watch"]);
    }
}
