//! What `grade config` prints.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use super::in_force::InForce;
use super::said::{Source, Told};
use crate::course::{Limits, SCHEDULES};
use crate::disclosure::Disclosure;
use crate::lateness::Rule;
use crate::moment::{Length, Moment};
use crate::text::plain;

/// Names the version of the JSON.
const SCHEMA: &str = "grade.config/1";

/// What is shown, and of what.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The exercise, if one is named, with its title.
    pub exercise: Option<(&'a str, &'a str)>,
    pub course: Told<&'a Path>,
    pub file: Option<Told<&'a Path>>,
    /// Where nobody chose exercises: all that there are.
    pub exercises: Told<Vec<&'a str>>,
    pub in_force: &'a InForce,
    /// Whether a seed of the course's own is shown.
    pub with_seed: bool,
    /// What the reader may have meant otherwise.
    pub notes: Vec<String>,
}

/// A setting: its name, its value for people and for programs, and where that is from.
struct Row {
    name: &'static str,
    text: String,
    value: Value,
    from: Source,
}

impl Shown<'_> {
    fn rows(&self) -> Vec<Row> {
        let (said, late) = (&self.in_force.0, &self.in_force.0.late);
        let rule = Rule::default();
        let limits = Limits::default();
        let mut rows = vec![
            Row::of("points", said.points.as_ref(), &"as its checks have them"),
            Row::of(
                "disclosure",
                said.disclosure.as_ref(),
                &Disclosure::Everything,
            ),
            Row::of("schedules", said.schedules.as_ref(), &SCHEDULES),
            self.seed(),
            Row::of("limits.wall_ms", said.wall_ms.as_ref(), &limits.wall_ms),
            Row::of(
                "limits.compile_ms",
                said.compile_ms.as_ref(),
                &limits.compile_ms,
            ),
            Row::of("deadline", said.deadline.as_ref(), &"none"),
            Row::of("late.apply", late.apply.as_ref(), &true),
            Row::of("late.percent", late.percent.as_ref(), &rule.percent),
            Row::of("late.every", late.every.as_ref(), &rule.every),
            Row::of("late.grace", late.grace.as_ref(), &rule.grace),
            Row::of("late.cap", late.cap.as_ref(), &rule.cap),
            Row::of("late.cut_off", late.cut_off.as_ref(), &"none"),
        ];
        let extensions = said.extensions.as_ref();
        let extensions =
            extensions.map(|told| Told::new(told.value.display().to_string(), told.from.clone()));
        rows.push(Row::of("extensions", extensions.as_ref(), &"none"));
        rows.push(Row::of(
            "submitted_at",
            said.submitted_at.as_ref(),
            &"not told: nothing is late",
        ));
        let students = said.students.as_ref();
        let students = students.map(|told| Told::new(told.value.join(", "), told.from.clone()));
        rows.push(Row::of("student", students.as_ref(), &"not told"));
        rows
    }

    /// A course's own seed is what makes its schedules its own: a log is no place for it.
    fn seed(&self) -> Row {
        let said = self.in_force.0.seed.as_ref();
        let row = Row::of("seed", said, &0_u64);
        if said.is_none() || self.with_seed {
            return row;
        }
        Row {
            text: "private; --show-seed shows it".to_owned(),
            value: Value::Null,
            ..row
        }
    }
}

/// A value as a report has it.
trait ToValue {
    fn text(&self) -> String;
    fn value(&self) -> Value;
}

macro_rules! plain_values {
    ($($plain:ty),*) => {$(
        impl ToValue for $plain {
            fn text(&self) -> String {
                self.to_string()
            }
            fn value(&self) -> Value {
                json!(self)
            }
        }
    )*};
}
plain_values!(u32, u64, bool, String);

/// What stands for no value.
impl ToValue for &str {
    fn text(&self) -> String {
        (*self).to_owned()
    }
    fn value(&self) -> Value {
        Value::Null
    }
}

macro_rules! told_values {
    ($($told:ty),*) => {$(
        impl ToValue for $told {
            fn text(&self) -> String {
                self.to_string()
            }
            fn value(&self) -> Value {
                self.to_string().into()
            }
        }
    )*};
}
told_values!(Moment, Length, Disclosure);

impl Row {
    /// `usual` is what is in force if nothing is said; a text stands for no value.
    fn of<T: ToValue, U: ToValue>(name: &'static str, told: Option<&Told<T>>, usual: &U) -> Self {
        let (text, value, from) = match told {
            Some(told) => (told.value.text(), told.value.value(), told.from.clone()),
            None => (usual.text(), usual.value(), Source::BuiltIn),
        };
        Self {
            name,
            text: plain(&text).into_owned(),
            value,
            from,
        }
    }

    fn json(&self) -> Value {
        json!({ "name": self.name, "value": self.value, "from": source(&self.from) })
    }
}

fn source(from: &Source) -> Value {
    match from {
        Source::CommandLine(name) | Source::Environment(name) => {
            json!({ "kind": from.kind(), "name": name })
        }
        Source::File { path, line } => {
            json!({ "kind": from.kind(), "path": path, "line": line })
        }
        Source::Course | Source::Exercise | Source::BuiltIn => json!({ "kind": from.kind() }),
    }
}

/// For a person: a setting a line, with its source.
pub fn text(shown: &Shown<'_>) -> String {
    let mut out = String::new();
    if let Some((id, title)) = shown.exercise {
        let _ = writeln!(out, "{id} · {title}");
    }
    let mut lines = vec![(
        "course",
        shown.course.value.display().to_string(),
        shown.course.from.to_string(),
    )];
    if let Some(file) = &shown.file {
        lines.push((
            "grade.toml",
            file.value.display().to_string(),
            file.from.to_string(),
        ));
    }
    if shown.exercise.is_none() {
        let listed = match shown.exercises.from {
            Source::BuiltIn => format!("all {}", shown.exercises.value.len()),
            _ => shown.exercises.value.join(", "),
        };
        lines.push(("exercises", listed, shown.exercises.from.to_string()));
    }
    let rows = shown.rows();
    lines.extend(
        rows.iter()
            .map(|row| (row.name, row.text.clone(), row.from.to_string())),
    );
    let width = lines.iter().map(|(_, value, _)| value.chars().count());
    let width = width.filter(|width| *width <= 40).max().unwrap_or(0);
    for (name, value, from) in lines {
        let _ = writeln!(out, "  {name:<17}  {value:<width$}  {from}");
    }
    for note in &shown.notes {
        let _ = writeln!(out, "\nnote: {note}");
    }
    out
}

/// For programs.
pub fn json(shown: &Shown<'_>) -> Value {
    let rows: Vec<_> = shown.rows().iter().map(Row::json).collect();
    json!({
        "schema": SCHEMA,
        "exercise": shown.exercise.map(|(id, _)| id),
        "course": { "value": shown.course.value, "from": source(&shown.course.from) },
        "file": shown.file.as_ref().map(|file| json!({ "value": file.value, "from": source(&file.from) })),
        "exercises": { "value": shown.exercises.value, "from": source(&shown.exercises.from) },
        "settings": rows,
        "notes": shown.notes,
    })
}
