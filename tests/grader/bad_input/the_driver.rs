//! A driver that does what it may not: the exercise's mistake, never the student's.

use std::fs;

use crate::bench::{Submission, course_copy, grade, reference};

#[test]
fn that_misuses_the_lab_leaves_the_check_undecided_with_its_own_line() {
    let misuses = [
        (
            "lab.draw(\"ms\", 9, 10..=20);",
            "the plain value of `ms` is in its range",
        ),
        (
            "lab.note(\"pairs\", std::collections::BTreeMap::from([((1, 2), 3)]));",
            "a noted value has a JSON form",
        ),
    ];
    for (misuse, says) in misuses {
        let course = course_copy();
        let driver = course.path().join("tests/probe/driver.rs");
        let text = fs::read_to_string(&driver).unwrap();
        let (before, after) = text.split_once("    lab.note(").unwrap();
        let line = before.lines().count() + 1;
        fs::write(
            &driver,
            format!("{before}    {misuse}\n    lab.note({after}"),
        )
        .unwrap();
        let submission = Submission::new(&reference());
        grade(["probe", "--course"])
            .arg(course.path())
            .arg("--path")
            .arg(submission.path())
            .run()
            .exits(5)
            .reports(&format!("its driver panicked at driver.rs:{line}: {says}"));
    }
}
