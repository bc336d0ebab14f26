//! An extensions file: who has until when.

use std::collections::BTreeMap;
use std::path::Path;

use super::file::no_exercise;
use super::reader::{Reading, Refusal, Table, Value, parsed, text, texts};
use crate::error::Result;
use crate::moment::Moment;
use crate::suggestion;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extensions(Vec<Extension>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Extension {
    /// The student, or the group and those in it.
    who: Vec<String>,
    /// Every exercise if nothing is said.
    exercise: Option<String>,
    deadline: Moment,
}

impl Extensions {
    /// Reads a file for a course with these exercises.
    ///
    /// # Errors
    /// With everything that is wrong in it.
    pub fn read(path: &Path, ids: &[&str]) -> Result<Self> {
        Self::of(&Reading::open(path)?, ids)
    }

    fn of(reading: &Reading, ids: &[&str]) -> Result<Self> {
        reading.read(|table| {
            let groups = groups(table);
            let extensions = table.list("extension").into_iter();
            Self(
                extensions
                    .filter_map(|table| extension(table, &groups, ids))
                    .collect(),
            )
        })
    }

    /// The latest that any of these students has for an exercise, if that is after the deadline of all. Names are the same
    /// in capitals, as addresses are: nobody shall lose an extension to a platform's spelling.
    pub fn later(&self, students: &[String], exercise: &str, deadline: Moment) -> Option<Moment> {
        let is_for = |extension: &&Extension| {
            let of_exercise = extension
                .exercise
                .as_deref()
                .is_none_or(|other| other == exercise);
            let mut who = extension.who.iter();
            of_exercise && who.any(|who| students.iter().any(|student| is_same(who, student)))
        };
        let moments = self
            .0
            .iter()
            .filter(is_for)
            .map(|extension| extension.deadline);
        let later = |latest: Moment, moment: Moment| {
            if moment.is_after(latest) {
                moment
            } else {
                latest
            }
        };
        moments
            .filter(|moment| moment.is_after(deadline))
            .reduce(later)
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// The groups, by name. A name is a user's: it is no key of ours.
fn groups(table: &mut Table<'_>) -> BTreeMap<String, Vec<String>> {
    let Some(table) = table.table("groups") else {
        return BTreeMap::new();
    };
    let members = |value: &Value<'_>| {
        Ok::<_, &'static str>(texts(value)?.into_iter().map(|(_, name)| name).collect())
    };
    table.values(members).into_iter().collect()
}

fn extension(
    mut table: Table<'_>,
    groups: &BTreeMap<String, Vec<String>>,
    ids: &[&str],
) -> Option<Extension> {
    let named = (table.has("student"), table.has("group"));
    let student = table.take("student", text);
    let group = table.take("group", |value| {
        let name = text(value)?;
        let members = groups.get(&name).cloned();
        let members = members.ok_or_else(|| {
            let at = value.span();
            Refusal::Said(at, no_group(&name, groups))
        })?;
        Ok::<_, Refusal>([name].into_iter().chain(members).collect::<Vec<_>>())
    });
    let exercise = table.take("exercise", |value| {
        let id = text(value)?;
        if ids.contains(&id.as_str()) {
            return Ok(id);
        }
        Err(Refusal::Said(value.span(), no_exercise(&id, ids)))
    });
    let has_deadline = table.has("deadline");
    let deadline = table.take("deadline", parsed::<Moment>(Moment::SHAPE));
    if !has_deadline {
        table.say("has no `deadline`");
    }
    match named {
        (false, false) => table.say("names no `student` and no `group`"),
        (true, true) => table.say("names both a `student` and a `group`; write two"),
        _ => {}
    }
    let who = student.map(|student| vec![student.value]);
    Some(Extension {
        who: who.or(group.map(|group| group.value))?,
        exercise: exercise.map(|exercise| exercise.value),
        deadline: deadline?.value,
    })
}

fn no_group(name: &str, groups: &BTreeMap<String, Vec<String>>) -> String {
    let hint = suggestion::nearest(name, groups.keys().map(String::as_str)).map_or_else(
        || "; `[groups]` names who is in each".to_owned(),
        |near| format!("; did you mean `{near}`?"),
    );
    format!("there is no group `{name}`{hint}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Extensions> {
        let reading = Reading::of(Path::new("who.toml"), text.to_owned());
        Extensions::of(&reading, &["exercise-1", "exercise-3"])
    }

    const FILE: &str = r#"
        [groups]
        lab-1 = ["ada", "grace"]
        [[extension]]
        student = "ada"
        deadline = 2026-11-22T12:00:00Z
        [[extension]]
        group = "lab-1"
        exercise = "exercise-3"
        deadline = 2026-11-24T12:00:00Z
        [[extension]]
        student = "edsger"
        deadline = 2026-11-01T12:00:00Z
    "#;

    #[test]
    fn the_latest_that_a_student_or_a_group_has_counts_and_none_is_earlier_than_the_deadline() {
        let extensions = read(FILE).unwrap();
        let deadline = "2026-11-20T12:00:00Z".parse().unwrap();
        for (students, exercise, until) in [
            (&["ada"][..], "exercise-1", Some("2026-11-22T12:00:00Z")),
            (&["ada"], "exercise-3", Some("2026-11-24T12:00:00Z")),
            (&["grace"], "exercise-3", Some("2026-11-24T12:00:00Z")),
            (&["lab-1"], "exercise-3", Some("2026-11-24T12:00:00Z")),
            (&["grace"], "exercise-1", None),
            (
                &["edsger", "ada"],
                "exercise-1",
                Some("2026-11-22T12:00:00Z"),
            ),
            (&["edsger"], "exercise-1", None),
            (&["ADA "], "exercise-1", Some("2026-11-22T12:00:00Z")),
            (&["adam"], "exercise-1", None),
            (&[], "exercise-1", None),
        ] {
            let students: Vec<_> = students.iter().map(ToString::to_string).collect();
            let later = extensions.later(&students, exercise, deadline);
            assert_eq!(
                later.map(|moment| moment.to_string()).as_deref(),
                until,
                "{students:?}"
            );
        }
    }

    #[test]
    fn whatever_is_wrong_is_told_with_its_place() {
        let until = "deadline = 2026-11-22T12:00:00Z";
        for (text, said) in [
            (
                "[[extensions]]".to_owned(),
                "who.toml:1:3: there is no key `extensions`; did you mean `extension`?",
            ),
            (
                "extension = 5".to_owned(),
                "who.toml:1:13: `extension` is a list of tables, [[extension]], not 5",
            ),
            (
                "[[extension]]\nstudent = \"ada\"".to_owned(),
                "`extension` has no `deadline`",
            ),
            (
                format!("[[extension]]\n{until}"),
                "`extension` names no `student` and no `group`",
            ),
            (
                format!(
                    "[[extension]]\nstudent = \"a\"\ngroup = \"g\"\n{until}\n[groups]\ng = [\"a\"]"
                ),
                "names both",
            ),
            (
                format!("[groups]\nlab-1 = [\"a\"]\n[[extension]]\ngroup = \"lab1\"\n{until}"),
                "who.toml:4:9: there is no group `lab1`; did you mean `lab-1`?",
            ),
            (
                format!("[[extension]]\nstudent = 5\n{until}"),
                "who.toml:2:11: `extension.student` is a text, not 5",
            ),
            (
                format!("[[extension]]\nstudent = \"a\"\nexercise = \"exercise-2\"\n{until}"),
                "who.toml:3:12: there is no exercise `exercise-2`; did you mean",
            ),
            (
                "[groups]\nlab-1 = \"ada\"".to_owned(),
                "`groups.lab-1` is a list of texts, at least one, not \"ada\"",
            ),
        ] {
            let error = read(&text).unwrap_err().to_string();
            assert!(error.contains(said), "{text}: {error}");
            assert_eq!(error.lines().count(), 1, "{error}");
        }
    }
}
