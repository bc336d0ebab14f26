//! Checks on programs that must not compile against a submission.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::bench::{Grade, PROGRAMS, Submission, copy_folder, grade};

/// A right answer for the exercise `lent`, or one with something else in it.
fn lending(from: &str, to: &str) -> Submission {
    let path = Path::new(PROGRAMS).join("lends_a_borrow.rs");
    let right = fs::read_to_string(path).unwrap();
    assert!(right.contains(from));
    Submission::new(&right.replace(from, to))
}

fn graded(submission: &Submission, course: &Path, more: &[&str]) -> Grade {
    grade(["lent", "--schedules", "2", "--course"])
        .arg(course)
        .arg("--path")
        .arg(submission.path())
        .args(more)
}

fn course() -> &'static Path {
    Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/grader/programs/course"
    ))
}

/// A copy of the course with a file of the exercise changed.
fn with(file: &str, text: &str) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(course(), copy.path(), &|from, to| {
        fs::copy(from, to).map(drop)
    });
    let path = copy.path().join("tests/lent").join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    copy
}

const BY_VALUE: (&str, &str) = (
    "FnOnce(&Lent) -> T) -> T {\n    body(&Lent(7))",
    "FnOnce(Lent) -> T) -> T {\n    body(Lent(7))",
);

#[test]
fn what_gets_out_is_told_on_the_students_own_line() {
    let by_value = lending(BY_VALUE.0, BY_VALUE.1);
    let told = graded(&by_value, course(), &[]).run().exits(1).stdout;
    insta::assert_snapshot!(told, @r"
    lent · Lent
      ✓ the body gets the 7                                          10/10
      ✗ what is lent cannot be kept                                   0/90
          escapes  src/lib.rs:13  a program that must not compile does: the body returns what it is lent
          expected  error: lifetime may not live long enough
          got       it compiles
          escapes  src/lib.rs:13  a program that must not compile does: the body keeps what it is lent
          expected  error[E0521] or error: lifetime may not live long enough
          got       it compiles
          hint      lend a borrow
          again     grade lent --check nothing_leaves
      more: grade explain escapes
    score 10/100
    ");
}

#[test]
fn such_a_check_can_be_asked_for_alone() {
    let eight = lending("7", "8");
    let only = ["--check", "nothing_leaves", "--format", "json"];
    let json = graded(&eight, course(), &only);
    let json = json.run().exits(0).json();
    assert_eq!(json["checks"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&json["score"], &json["max_score"]),
        (&90.into(), &90.into())
    );
}

#[test]
fn what_is_withheld_of_such_a_check_is_not_told() {
    let by_value = lending(BY_VALUE.0, BY_VALUE.1);
    let told = |how: &str| {
        let ran = graded(
            &by_value,
            course(),
            &["--disclosure", how, "--format", "json"],
        );
        ran.run().exits(1).json()["checks"][1].to_string()
    };
    assert!(told("everything").contains("lifetime may not live long enough"));
    for (how, kind) in [("got", true), ("hint", false), ("nothing", false)] {
        let told = told(how);
        assert!(
            !told.contains("lifetime may not live long enough"),
            "{told}"
        );
        assert_eq!(told.contains("escapes"), kind, "{told}");
    }
}

#[test]
fn a_crate_that_the_glue_cannot_use_is_refused_in_words_about_it() {
    let without = lending("pub fn get", "pub fn got");
    let ran = graded(&without, course(), &[]).run().exits(3);
    ran.reports("your crate cannot be used as README.md shows")
        .reports("no method named `get` found");
}

#[test]
fn an_exercise_whose_programs_are_wrong_is_the_graders_trouble() {
    let right = lending("7", "7");
    for (file, text, says) in [
        (
            "programs/kept/escapes.rs",
            "pub fn lends() {}",
            "programs/kept/escapes.rs does not say `//! must-not-compile: CODE`",
        ),
        (
            "programs/idle/twin.rs",
            "//! must-compile",
            "no check is on programs/idle",
        ),
    ] {
        let course = with(file, text);
        let ran = graded(&right, course.path(), &[]).run().exits(5);
        assert!(ran.stderr.contains(says), "{ran}");
    }
}

#[test]
fn one_program_hides_nothing_of_another() {
    // Refused before borrows are looked at, in every module of its crate.
    let unresolved =
        "//! must-not-compile: E0432\n//! what: it uses what is not there\n\nuse lent::Nothing;\n";
    let course = with("programs/kept/escapes.rs", unresolved);
    graded(&lending("7", "7"), course.path(), &[])
        .run()
        .exits(0);
    let by_value = lending(BY_VALUE.0, BY_VALUE.1);
    let told = graded(&by_value, course.path(), &["--format", "json"])
        .run()
        .exits(1)
        .json();
    let findings = told["checks"][1]["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0]["kind"], "escapes");
}

#[test]
fn a_timeline_says_that_nothing_is_driven_in_such_a_check() {
    let right = lending("FnOnce", "FnOnce");
    for more in [&[][..], &["--at", "5ms"]] {
        let told = graded(&right, course(), &["--timeline", "nothing_leaves"]);
        let told = told.args(more).run().exits(0).stdout;
        assert_eq!(
            told,
            "what is lent cannot be kept\n\n\
             nothing is driven in this check, so there is no time to draw: it is on programs that must not compile\n"
        );
    }
    graded(&right, course(), &["--timeline", "--disclosure", "got"])
        .run()
        .exits(0)
        .reports("what was driven in this check is not shown");
}
