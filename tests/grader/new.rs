//! `grade new`: an exercise whose proof holds once its author has filled three places.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::bench::{Grade, Ran, copy_folder, course, grade, names, shared_cache};

/// The marked places, with what an author may put there.
const FILLED: [(&str, &str, &str); 3] = [
    (
        "solutions/13-pair/src/lib.rs",
        "let _ = (one, other);",
        "tokio::join!(one, other)",
    ),
    (
        "tests/13-pair/judge.rs",
        "let _ = (one_ms, other_ms);",
        "one_ms.max(other_ms)",
    ),
    (
        "tests/13-pair/mistakes/one_after_the_other.rs",
        "let _ = (one, other);",
        "(one.await, other.await)",
    ),
];

/// Puts `text` in place of two lines: one that uses the arguments, and the mark.
fn fill(course: &Path, (path, unused, text): (&str, &str, &str)) {
    let path = course.join(path);
    let before = fs::read_to_string(&path).unwrap();
    assert!(before.contains("FILL IN "), "{before}");
    let kept: Vec<_> = before
        .lines()
        .filter(|line| line.trim() != unused)
        .collect();
    let filled = kept.into_iter().map(|line| {
        if line.contains("FILL IN ") {
            text
        } else {
            line
        }
    });
    fs::write(&path, filled.collect::<Vec<_>>().join("\n") + "\n").unwrap();
}

fn new(course: &Path, id: &str) -> Grade {
    grade(["new", id, "--course"]).arg(course)
}

fn verified(course: &Path) -> Ran {
    grade(["verify", "13-pair", "--quiet", "--course"])
        .arg(course)
        .run()
}

#[test]
fn it_is_proved_when_three_places_are_filled_and_not_before() {
    let folder = tempfile::tempdir().unwrap();
    let course = folder.path();
    let said = new(course, "13-pair")
        .args(["--lesson", "§13"])
        .run()
        .exits(0)
        .only_reports();
    assert_eq!(said.stdout.matches("  fill in  ").count(), 3, "{said}");
    let mut written = Vec::new();
    for filled in FILLED {
        let ran = verified(course).exits(1);
        assert!(ran.stdout.contains("FILL IN "), "{ran}");
        written.push(
            ran.stdout
                .contains("2 current, 2 of them written now: look at them"),
        );
        fill(course, filled);
    }
    // What the reference does is written once it is known to be right: by two of the three.
    assert_eq!(written, [false, false, true]);
    // What was written is held against from then on.
    verified(course).exits(0).keeps_quiet_about("written now");
    let snapshot = course.join("tests/13-pair/snapshots/it_takes_as_long_as_the_longer_job.snap");
    let text = fs::read_to_string(&snapshot).unwrap();
    assert!(
        text.starts_with("---\nsource: tests/13-pair/driver.rs\n")
            && text.contains("jobs 1 began: one"),
        "{text}"
    );
    fs::write(&snapshot, text.replace("jobs 1", "jobs 2")).unwrap();
    verified(course)
        .exits(1)
        .reports("it_takes_as_long_as_the_longer_job is not current");
}

#[test]
fn a_student_can_start_it_and_finds_it_in_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let course = folder.path().join("made/anew");
    new(&course, "13-pair")
        .args(["--title", "A pair", "--lesson", "§13"])
        .run()
        .exits(0);
    let run = |arguments: &[&str]| {
        grade(arguments)
            .arg("--course")
            .arg(&course)
            .from(folder.path())
    };
    run(&["list"])
        .run()
        .exits(0)
        .reports("§13\n    13-pair  A pair\n");
    run(&["start", "13-pair"]).run().exits(0);
    assert_eq!(
        names(&folder.path().join("13-pair")),
        ["Cargo.toml", "README.md", "src", "tests"]
    );
    let graded = run(&["13-pair", "--format", "json"]).run().exits(1).json();
    assert_eq!(
        (&graded["score"], &graded["max_score"]),
        (&0.into(), &100.into())
    );
}

#[test]
fn it_is_formatted_whatever_its_crate_is_called() {
    for id in ["13-pair", "zoo", "01-alpha"] {
        let folder = tempfile::tempdir().unwrap();
        new(folder.path(), id).run().exits(0);
        for file in [
            "exercises/ID/src/lib.rs",
            "exercises/ID/tests/first.rs",
            "solutions/ID/src/lib.rs",
            "tests/ID/contract.rs",
            "tests/ID/driver.rs",
            "tests/ID/judge.rs",
            "tests/ID/variants/tasks.rs",
            "tests/ID/variants/joined.rs",
            "tests/ID/mistakes/as_they_come.rs",
            "tests/ID/mistakes/one_after_the_other.rs",
        ] {
            let mut rustfmt = Command::new("rustfmt");
            let path = folder.path().join(file.replace("ID", id));
            let formatted = rustfmt
                .args(["--check", "--edition=2024"])
                .arg(path)
                .output()
                .unwrap();
            assert!(
                formatted.status.success(),
                "{}",
                String::from_utf8_lossy(&formatted.stdout)
            );
        }
    }
}

#[test]
fn what_is_there_is_never_written_over() {
    let copy = tempfile::tempdir().unwrap();
    copy_folder(course(), copy.path(), &|from, to| {
        fs::copy(from, to).map(drop)
    });
    let before = crate::bench::tree(&copy.path().join("tests"));
    new(copy.path(), "probe")
        .run()
        .exits(2)
        .says("exercises/probe is there already; nothing was written");
    assert_eq!(crate::bench::tree(&copy.path().join("tests")), before);
    assert_eq!(names(copy.path()), ["exercises", "solutions", "tests"]);
}

#[test]
fn an_id_that_can_be_none_is_a_usage_error() {
    let folder = tempfile::tempdir().unwrap();
    for wrong in ["../out", "Pair", "async", "13-tokio", ""] {
        new(folder.path(), wrong)
            .run()
            .exits(2)
            .says("is no id of an exercise")
            .says("hint: an id is small letters, digits and single dashes");
    }
    new(folder.path(), "pair")
        .args(["--title", "two\nlines"])
        .run()
        .exits(2)
        .says("a title is one line");
    assert_eq!(names(folder.path()), [""; 0]);
    let _ = shared_cache();
}

#[test]
fn the_front_page_has_a_row_more() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("exercises/README.md");
    fs::create_dir_all(page.parent().unwrap()).unwrap();
    fs::write(
        &page,
        "# Course\n\n| exercise | the lesson |\n| --- | --- |\n",
    )
    .unwrap();
    new(folder.path(), "13-pair")
        .args(["--title", "A pair", "--lesson", "§13"])
        .run()
        .exits(0);
    let text = fs::read_to_string(&page).unwrap();
    assert!(
        text.ends_with("| --- | --- |\n| [13-pair](13-pair/README.md) | §13 | A pair |\n"),
        "{text}"
    );
}
