//! `grade list`: the exercises of a course by the sections of its lesson, with the objectives they serve and how the work
//! in the working folder stands.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::course::Exercise;
use crate::standing::{Standing, State};
use crate::text::plain;
use crate::verdict::Status;

/// Names the version of the JSON.
const SCHEMA: &str = "grade.list/1";

/// An exercise, and what is known of it.
#[derive(Debug)]
pub struct Row<'a> {
    pub exercise: &'a Exercise,
    /// What it is worth and when it is due, where that is said.
    pub points: Option<u32>,
    pub deadline: Option<String>,
    pub standing: Option<Standing>,
}

/// For a person.
pub fn text(rows: &[Row<'_>]) -> String {
    let mut out = String::new();
    let width = |of: &dyn Fn(&Row<'_>) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let id = width(&|row| row.exercise.id.chars().count());
    let title = width(&|row| row.exercise.settings.title.chars().count());
    for (section, rows) in sections(rows) {
        let _ = writeln!(out, "{}", plain(section.name));
        for row in rows {
            let settings = &row.exercise.settings;
            let line = format!(
                "{} {:<id$}  {:<title$}  {}",
                mark(row),
                row.exercise.id,
                settings.title,
                told(row).join(", ")
            );
            let _ = writeln!(out, "{}", plain(line.trim_end()));
            for objective in &settings.objectives {
                let _ = writeln!(out, "      {}", plain(objective));
            }
        }
        out.push('\n');
    }
    let solved = rows.iter().filter(|row| is_solved(row)).count();
    if rows.iter().any(|row| row.standing.is_some()) {
        let _ = writeln!(
            out,
            "{solved} of {} solved, as far as was graded here",
            rows.len()
        );
    }
    out.push_str("`grade start ID` writes a starter, `grade ID` grades your work on it\n");
    out
}

/// For programs.
pub fn json(rows: &[Row<'_>]) -> Value {
    let exercises = rows.iter().map(|row| {
        let settings = &row.exercise.settings;
        json!({
            "id": row.exercise.id,
            "title": settings.title,
            "lesson": settings.lesson,
            "section": split(&settings.lesson).0,
            "objectives": settings.objectives,
            "points": row.points,
            "deadline": row.deadline,
            "work": row.standing.as_ref().map(work),
        })
    });
    json!({ "schema": SCHEMA, "exercises": exercises.collect::<Vec<_>>() })
}

fn work(standing: &Standing) -> Value {
    let (state, kept) = match &standing.state {
        State::NotBegun => ("not-begun", None),
        State::NotGraded => ("not-graded", None),
        State::Graded(kept) if kept.status == Status::Passed => ("solved", Some(kept)),
        State::Graded(kept) => ("not-solved", Some(kept)),
    };
    json!({
        "folder": standing.folder,
        "state": state,
        "score": kept.map(|kept| kept.score),
        "max_score": kept.map(|kept| kept.max_score),
    })
}

/// A section of the lesson, in its order: numbered ones first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Section<'a> {
    number: u32,
    name: &'a str,
}

fn sections<'a, 'r>(rows: &'r [Row<'a>]) -> Vec<(Section<'r>, Vec<&'r Row<'a>>)> {
    let mut all = std::collections::BTreeMap::<Section<'r>, Vec<&'r Row<'a>>>::new();
    for row in rows {
        let (name, _) = split(&row.exercise.settings.lesson);
        let number = name
            .strip_prefix('§')
            .and_then(|number| number.parse().ok());
        let number = number.unwrap_or(u32::MAX);
        all.entry(Section { number, name }).or_default().push(row);
    }
    all.into_iter().collect()
}

/// `§5 asyncio.gather()` is in the section `§5`; what has no such number is a section by itself.
fn split(lesson: &str) -> (&str, &str) {
    let rest = lesson.trim_start_matches('§');
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = lesson.len() - digits.len();
    if lesson.starts_with('§') && digits.len() < rest.len() {
        let within = digits.trim_start_matches([',', ' ', ':']);
        return (&lesson[..number], within);
    }
    (lesson, "")
}

fn is_solved(row: &Row<'_>) -> bool {
    let state = row.standing.as_ref().map(|standing| &standing.state);
    matches!(state, Some(State::Graded(kept)) if kept.status == Status::Passed)
}

fn mark(row: &Row<'_>) -> &'static str {
    match row.standing.as_ref().map(|standing| &standing.state) {
        None => "   ",
        Some(State::Graded(kept)) if kept.status == Status::Passed => "  ✓",
        Some(State::Graded(_)) => "  ✗",
        Some(State::NotBegun | State::NotGraded) => "  ·",
    }
}

/// What stands behind an exercise's title.
fn told(row: &Row<'_>) -> Vec<String> {
    let (_, within) = split(&row.exercise.settings.lesson);
    let mut told = Vec::new();
    if !within.is_empty() {
        told.push(within.to_owned());
    }
    told.extend(row.points.map(|points| format!("{points} points")));
    told.extend(
        row.deadline
            .iter()
            .map(|deadline| format!("due {deadline}")),
    );
    told.extend(row.standing.as_ref().map(|standing| match &standing.state {
        State::NotBegun => "not begun".to_owned(),
        State::NotGraded => "not graded as it is now".to_owned(),
        State::Graded(kept) if kept.status == Status::Passed => "solved".to_owned(),
        State::Graded(kept) => format!("{}/{} so far", kept.score, kept.max_score),
    }));
    told
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_lesson_is_split_into_its_section_and_what_is_in_it() {
        for (lesson, section, within) in [
            ("§5 asyncio.gather()", "§5", "asyncio.gather()"),
            ("§14, exercise 1", "§14", "exercise 1"),
            ("§1", "§1", ""),
            ("§", "§", ""),
            ("§x 1", "§x 1", ""),
            ("the grader's own tests", "the grader's own tests", ""),
            ("", "", ""),
        ] {
            assert_eq!(split(lesson), (section, within), "{lesson}");
        }
    }
}
