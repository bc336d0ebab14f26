//! `grade list`: the course by the sections of its lesson, and what is solved in a folder of the student's own work.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::bench::{Grade, answering, cache_copy, course, course_copy, grade, reference};

fn listed(folder: &Path, cache: &Path) -> Grade {
    grade(["list", "--course"])
        .arg(course())
        .from(folder)
        .cache(cache)
        .watch(folder)
}

/// How the work on `probe` stands, from what `grade list` prints for programs.
fn work(folder: &Path, cache: &Path) -> Value {
    let ran = listed(folder, cache)
        .args(["--format", "json"])
        .run()
        .exits(0)
        .only_reports();
    ran.json()["exercises"][0]["work"].clone()
}

fn state(folder: &Path, cache: &Path) -> String {
    work(folder, cache)["state"]
        .as_str()
        .unwrap_or("none")
        .to_owned()
}

#[test]
fn exercises_stand_under_their_section_with_the_objectives_that_they_serve() {
    let elsewhere = tempfile::tempdir().unwrap();
    let cache = cache_copy(|name| name != "results");
    insta::assert_snapshot!(listed(elsewhere.path(), cache.path()).run().exits(0).only_reports().stdout, @"
    the grader's own tests
        probe  Probe
          be graded quickly, whatever the real exercises ask

    `grade start ID` writes a starter, `grade ID` grades your work on it
    ");
}

#[test]
fn the_course_that_grade_came_with_is_listed_whole_in_the_order_of_the_lesson() {
    let elsewhere = tempfile::tempdir().unwrap();
    let own = grade(["list"])
        .from(elsewhere.path())
        .run()
        .exits(0)
        .only_reports();
    let json = grade(["list", "--format", "json"])
        .from(elsewhere.path())
        .run()
        .exits(0)
        .json();
    let exercises = json["exercises"].as_array().unwrap();
    assert!(exercises.len() >= 17, "{json}");
    for exercise in exercises {
        let id = exercise["id"].as_str().unwrap();
        let lines = own
            .stdout
            .lines()
            .filter(|line| line.starts_with(&format!("    {id}  ")));
        assert_eq!(lines.count(), 1, "{own}");
        for objective in exercise["objectives"].as_array().unwrap() {
            assert!(own.stdout.contains(objective.as_str().unwrap()), "{own}");
        }
    }
    let sections = own.stdout.lines().filter_map(|line| line.strip_prefix('§'));
    let sections: Vec<u32> = sections.map(|number| number.parse().unwrap()).collect();
    assert!(
        sections.is_sorted() && sections.last() == Some(&14),
        "{sections:?}"
    );
}

#[test]
fn work_in_the_folder_is_told_of_until_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let cache = cache_copy(|name| name != "results");
    let (folder, cache) = (folder.path(), cache.path());
    assert_eq!(work(folder, cache), Value::Null);
    grade(["start", "probe", "--course"])
        .arg(course())
        .from(folder)
        .run()
        .exits(0);
    assert_eq!(state(folder, cache), "not-begun");
    let lib = folder.join("probe/src/lib.rs");
    let graded = |code: i32, more: &[&str]| {
        let run = grade(["probe", "--course"])
            .arg(course())
            .from(folder)
            .cache(cache);
        run.args(more).run().exits(code);
    };
    fs::write(&lib, answering("41")).unwrap();
    assert_eq!(state(folder, cache), "not-graded");
    graded(1, &[]);
    let told = work(folder, cache);
    assert_eq!(
        told,
        serde_json::json!({ "folder": "probe", "state": "not-solved", "score": 40, "max_score": 100 })
    );
    listed(folder, cache)
        .run()
        .reports("✗ probe  Probe  40/100 so far")
        .reports("0 of 1 solved");
    fs::write(&lib, reference()).unwrap();
    assert_eq!(state(folder, cache), "not-graded");
    // A part of it, or fewer schedules, do not show that it is solved.
    graded(0, &["--check", "it_counts"]);
    graded(0, &["--schedules", "1"]);
    graded(0, &["--schedule", "plain"]);
    assert_eq!(state(folder, cache), "not-graded");
    graded(0, &[]);
    assert_eq!(state(folder, cache), "solved");
    listed(folder, cache)
        .run()
        .reports("✓ probe  Probe  solved")
        .reports("1 of 1 solved");
    // From within its own folder too; and what was seen before is known again.
    assert_eq!(state(&folder.join("probe"), cache), "solved");
    fs::write(&lib, answering("41")).unwrap();
    assert_eq!(state(folder, cache), "not-solved");
}

#[test]
fn another_version_of_an_exercise_has_not_been_solved() {
    let (folder, course) = (tempfile::tempdir().unwrap(), course_copy());
    let cache = cache_copy(|name| name != "results");
    fs::create_dir_all(folder.path().join("probe/src")).unwrap();
    fs::write(folder.path().join("probe/src/lib.rs"), reference()).unwrap();
    let run = |arguments: &[&str]| {
        let run = grade(arguments).arg("--course").arg(course.path());
        run.from(folder.path()).cache(cache.path()).run().exits(0)
    };
    run(&["probe"]);
    run(&["list"]).reports("solved");
    let judge = course.path().join("tests/probe/judge.rs");
    let text = fs::read_to_string(&judge).unwrap();
    fs::write(&judge, format!("{text}// corrected\n")).unwrap();
    run(&["list"]).reports("not graded as it is now");
}

#[test]
fn what_is_kept_is_never_a_grade() {
    let folder = tempfile::tempdir().unwrap();
    let cache = cache_copy(|name| name != "results");
    fs::create_dir_all(folder.path().join("probe/src")).unwrap();
    fs::write(folder.path().join("probe/src/lib.rs"), answering("41")).unwrap();
    let run = || {
        grade(["probe", "--course"])
            .arg(course())
            .from(folder.path())
            .cache(cache.path())
    };
    let first = run().run().exits(1);
    // Whoever forges what is kept sees it in the list, and nowhere else.
    for entry in fs::read_dir(cache.path().join("results"))
        .unwrap()
        .flatten()
    {
        let text = fs::read_to_string(entry.path()).unwrap();
        fs::write(entry.path(), text.replace("failed", "passed")).unwrap();
    }
    assert_eq!(state(folder.path(), cache.path()), "solved");
    assert_eq!(run().run().exits(1).stdout, first.stdout);
    // A cache with something else in the place of results grades all the same.
    fs::remove_dir_all(cache.path().join("results")).unwrap();
    fs::write(cache.path().join("results"), "in the way").unwrap();
    assert_eq!(run().run().exits(1).stdout, first.stdout);
    assert_eq!(state(folder.path(), cache.path()), "not-graded");
}

#[test]
fn points_and_deadlines_of_the_course_are_in_the_list() {
    let (course, folder) = (course_copy(), tempfile::tempdir().unwrap());
    let file = course.path().join("grade.toml");
    fs::write(file, "points = 7\ndeadline = 2026-11-20T23:59:59Z\n").unwrap();
    grade(["list", "--course"])
        .arg(course.path())
        .from(folder.path())
        .run()
        .exits(0)
        .reports("    probe  Probe  7 points, due 2026-11-20T23:59:59Z\n");
}
