//! `grade list`: the exercises of a course.

use std::fmt::Write as _;

use crate::course::Course;

/// The exercises, one a line, with the section of the lesson that each belongs to.
pub fn render(course: &Course) -> String {
    let width = course
        .exercises()
        .map(|exercise| exercise.id.len())
        .max()
        .unwrap_or(0);
    let title = course
        .exercises()
        .map(|exercise| exercise.settings.title.chars().count())
        .max()
        .unwrap_or(0);
    let mut out = String::new();
    for exercise in course.exercises() {
        let settings = &exercise.settings;
        let _ = writeln!(
            out,
            "{:<width$}  {:<title$}  {}",
            exercise.id, settings.title, settings.lesson
        );
    }
    out.push_str("\n`grade start ID` writes a starter, `grade ID` grades your work on it\n");
    out
}
