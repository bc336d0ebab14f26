//! Programs: whole submissions for the tiny exercises of `tests/grader/programs/course`.

use std::path::Path;

use serde_json::Value;

use super::{Submission, grade};

/// Where the programs are, and the course that they are for.
pub const PROGRAMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/grader/programs");

/// The exercises, each with what only its submissions define.
const EXERCISES: [(&str, &str); 10] = [
    ("fetch", "pub async fn fetch_all("),
    ("program", "pub fn program("),
    ("program", "pub async fn program("),
    ("scenario", "pub async fn scenario("),
    ("jobs", "pub async fn run<"),
    ("ticks", "pub async fn tick("),
    ("letters", "pub async fn forward("),
    ("lines", "pub async fn longest_line("),
    ("bank", "pub struct Bank"),
    ("lent", "pub fn lend<"),
];

/// What `grade` makes of a program, under so many seeded schedules: the checks of its exercise.
///
/// # Errors
/// With rustc's messages, when it does not compile.
pub fn graded_program(text: &str, schedules: &str) -> Result<Vec<Value>, String> {
    let (exercise, _) = EXERCISES
        .into_iter()
        .find(|(_, defines)| text.contains(defines))
        .ok_or("it is a program for no exercise")?;
    let submission = Submission::new(text);
    let mut verdict = grade([exercise, "--course"])
        .arg(Path::new(PROGRAMS).join("course"))
        .arg("--path")
        .arg(submission.path())
        .args(["--format", "json", "--schedules", schedules])
        .run()
        .json();
    match verdict["checks"].take() {
        Value::Array(checks) if verdict["status"] != "rejected" => Ok(checks),
        _ => Err(verdict["diagnostics"].to_string()),
    }
}
