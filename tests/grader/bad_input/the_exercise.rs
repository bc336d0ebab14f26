//! An exercise that is not there, or not quite.

use std::fs;

use super::graded;
use crate::bench::{Submission, copy_folder, course_copy, grade, reference};

#[test]
fn that_is_nearly_one_is_asked_about() {
    graded("prope")
        .run()
        .exits(2)
        .only_says("error: there is no exercise `prope`\nhint: did you mean `probe`?");
}

#[test]
fn that_is_like_none_is_pointed_to_the_list() {
    graded("quicksort").run().exits(2).only_says(
        "error: there is no exercise `quicksort`\nhint: `grade list` shows the exercises",
    );
}

#[test]
fn is_told_by_the_beginning_of_its_id() {
    let answer = Submission::new(&reference());
    graded("pr")
        .arg("--path")
        .arg(answer.path())
        .run()
        .exits(0)
        .reports("probe · Probe");
}

#[test]
fn whose_beginning_two_share_is_not_guessed() {
    let course = course_copy();
    for other in ["probe-again", "probation"] {
        let (from, to) = (
            course.path().join("tests/probe"),
            course.path().join("tests").join(other),
        );
        copy_folder(&from, &to, &|from, to| fs::copy(from, to).map(drop));
    }
    let found = |id| {
        grade([id, "--course"])
            .arg(course.path())
            .arg("--path")
            .arg("nowhere")
            .run()
    };
    found("prob")
        .exits(2)
        .only_says("error: `prob` could be probation or probe or probe-again");
    // The whole id of one is the beginning of another's.
    found("probe").exits(2).says("no submission at nowhere");
}

#[test]
fn that_is_not_named_is_asked_for() {
    grade([""; 0]).run().exits(2).only_says(
        "error: no exercise is named\nhint: `grade list` shows them, `grade --help` what else there is",
    );
}

#[test]
fn is_looked_for_in_a_course_that_is_there() {
    let nowhere = Submission::empty();
    let course = |folder: &str| {
        grade(["probe", "--course"])
            .arg(nowhere.path().join(folder))
            .run()
            .exits(2)
    };
    course("missing")
        .says("error: no course at ")
        .says("/missing\n");
    course("")
        .says("error: no exercises in ")
        .says("hint: a course has exercises/ID, solutions/ID and tests/ID/exercise.toml");
}

#[test]
fn with_settings_that_are_wrong_is_named_with_the_line() {
    let course = course_copy();
    fs::write(
        course.path().join("tests/probe/exercise.toml"),
        "title = \"Probe\"\ntitel = 1\n",
    )
    .unwrap();
    grade(["list", "--course"])
        .arg(course.path())
        .run()
        .exits(2)
        .says("tests/probe/exercise.toml is wrong")
        .says("titel");
}
