//! Bad input: a clear sentence, the right exit code, nothing lost. One file for each thing that can be bad.

mod the_api;
mod the_code;
mod the_driver;
mod the_exercise;
mod the_files;
mod the_folder;
mod the_run;

use std::fs;

use crate::bench::{Grade, course, course_copy, grade};

/// `grade` of an exercise of the tests' course.
fn graded(id: &str) -> Grade {
    grade([id, "--course"]).arg(course())
}

/// The course with limits that a test does not have to wait for.
fn impatient_course(limit: &str) -> tempfile::TempDir {
    let course = course_copy();
    let settings = course.path().join("tests/probe/exercise.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(settings, format!("{text}\n[limits]\n{limit}\n")).unwrap();
    course
}
