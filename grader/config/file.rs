//! `grade.toml`: what an instructor says of a course.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::range;
use super::reader::{
    Placed, Reading, Refusal, Table, Value, number, parsed, text, texts, yes_or_no,
};
use super::said::{Said, SaidOfLate, Source, Told};
use crate::course::Course;
use crate::disclosure::Disclosure;
use crate::error::Result;
use crate::moment::{Length, Moment};
use crate::suggestion;

/// Its name in a course's root.
pub const NAME: &str = "grade.toml";

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    pub path: PathBuf,
    /// The exercises that the course has: all if nothing is said.
    pub exercises: Option<Told<Vec<String>>>,
    /// What is said of every exercise.
    pub all: Said,
    /// … and of single ones, which counts before that.
    pub of: BTreeMap<String, Said>,
}

impl File {
    /// Reads a file for a course with these exercises.
    ///
    /// # Errors
    /// With every unknown key, wrong type and number out of range in it.
    pub fn read(path: &Path, course: &Course) -> Result<Self> {
        Self::of(&Reading::open(path)?, path, &course.ids())
    }

    fn of(reading: &Reading, path: &Path, ids: &[&str]) -> Result<Self> {
        reading.read(|table| Self {
            path: path.to_owned(),
            exercises: exercises(table, path, ids),
            all: Said {
                extensions: extensions(table, path),
                ..said(table, path)
            },
            of: of_exercises(table, path, ids),
        })
    }

    /// What is said of an exercise.
    pub fn said(&self, id: &str) -> Said {
        let own = self.of.get(id).cloned().unwrap_or_default();
        own.or(&self.all)
    }

    /// Whether the course has this exercise.
    pub fn has(&self, id: &str) -> bool {
        let listed = self.exercises.as_ref();
        listed.is_none_or(|listed| listed.value.iter().any(|other| other == id))
    }

    /// Leaves a course the exercises that it has, with the settings that are said of them.
    pub fn apply(&self, course: &mut Course) {
        course.keep(|id| self.has(id));
        for exercise in course.exercises_mut() {
            let said = self.said(&exercise.id);
            let settings = &mut exercise.settings;
            set(&mut settings.schedules, said.schedules);
            set(&mut settings.seed, said.seed);
            set(&mut settings.limits.wall_ms, said.wall_ms);
            set(&mut settings.limits.compile_ms, said.compile_ms);
            let disclosure = said
                .disclosure
                .map_or(settings.disclosure, |said| said.value);
            settings.disclosure = settings.disclosure.max(disclosure);
        }
    }
}

fn set<T>(value: &mut T, said: Option<Told<T>>) {
    if let Some(said) = said {
        *value = said.value;
    }
}

fn told<T>(placed: Option<Placed<T>>, path: &Path) -> Option<Told<T>> {
    let from = |line| Source::File {
        path: path.to_owned(),
        line,
    };
    placed.map(|placed| Told::new(placed.value, from(placed.line)))
}

fn exercises(table: &mut Table<'_>, path: &Path, ids: &[&str]) -> Option<Told<Vec<String>>> {
    let listed = table.take("exercises", |value| {
        let listed = texts(value)?;
        let unknown = listed.iter().find(|(_, id)| !ids.contains(&id.as_str()));
        match unknown {
            Some((at, id)) => Err(Refusal::Said(*at..*at, no_exercise(id, ids))),
            None => Ok(listed.into_iter().map(|(_, id)| id).collect()),
        }
    });
    told(listed, path)
}

/// That there is no such exercise, in a sentence.
pub fn no_exercise(id: &str, ids: &[&str]) -> String {
    let hint = suggestion::nearest(id, ids.iter().copied())
        .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    format!("there is no exercise `{id}`{hint}")
}

/// A path is meant from the file that names it.
fn extensions(table: &mut Table<'_>, path: &Path) -> Option<Told<PathBuf>> {
    let named = table.take("extensions", text);
    let folder = path.parent().unwrap_or(Path::new(""));
    let named = named.map(|placed| Placed {
        value: folder.join(placed.value),
        line: placed.line,
    });
    told(named, path)
}

fn of_exercises(table: &mut Table<'_>, path: &Path, ids: &[&str]) -> BTreeMap<String, Said> {
    let Some(table) = table.table("exercise") else {
        return BTreeMap::new();
    };
    let reading = table.reading();
    let each = table.tables().into_iter().map(|(at, id, mut table)| {
        if !ids.contains(&id.as_str()) {
            reading.say(at, no_exercise(&id, ids));
        }
        (id, said(&mut table, path))
    });
    each.collect()
}

/// What can be said of all exercises and of single ones.
fn said(table: &mut Table<'_>, path: &Path) -> Said {
    let mut said = Said {
        points: told(table.take("points", number(0, range::MOST_POINTS)), path),
        deadline: told(
            table.take("deadline", parsed::<Moment>(Moment::SHAPE)),
            path,
        ),
        disclosure: told(table.take("disclosure", disclosure), path),
        schedules: told(
            table.take("schedules", number(0, range::MOST_SCHEDULES)),
            path,
        ),
        seed: told(table.take("seed", number(0, u64::MAX)), path),
        ..Said::default()
    };
    if let Some(mut limits) = table.table("limits") {
        let (wall, compile) = (range::WALL_MS, range::COMPILE_MS);
        said.wall_ms = told(limits.take("wall_ms", number(wall.0, wall.1)), path);
        said.compile_ms = told(
            limits.take("compile_ms", number(compile.0, compile.1)),
            path,
        );
    }
    if let Some(mut late) = table.table("late") {
        said.late = SaidOfLate {
            apply: told(late.take("apply", yes_or_no), path),
            percent: told(late.take("percent", number(0, 100)), path),
            every: told(late.take("every", some_length), path),
            grace: told(late.take("grace", parsed::<Length>(Length::SHAPE)), path),
            cap: told(late.take("cap", number(0, 100)), path),
            cut_off: told(late.take("cut_off", parsed::<Length>(Length::SHAPE)), path),
        };
    }
    said
}

fn some_length(value: &Value<'_>) -> Result<Length, &'static str> {
    let length = parsed::<Length>(Length::SHAPE)(value)?;
    if length.seconds == 0 {
        return Err("longer than 0s");
    }
    Ok(length)
}

fn disclosure(value: &Value<'_>) -> Result<Disclosure, String> {
    let names: Vec<_> = Disclosure::value_variants()
        .iter()
        .filter_map(ValueEnum::to_possible_value)
        .map(|value| format!("`{}`", value.get_name()))
        .collect();
    let named = value.get_ref().as_str();
    let named = named.and_then(|name| Disclosure::from_str(name, false).ok());
    named.ok_or_else(|| format!("one of {}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDS: [&str; 3] = ["05a-gather", "exercise-1", "exercise-3"];

    fn read(text: &str) -> Result<File> {
        let path = Path::new("grade.toml");
        File::of(&Reading::of(path, text.to_owned()), path, &IDS)
    }

    #[test]
    fn everything_that_can_be_said_is_read() {
        let file = read(
            r#"
            exercises = ["exercise-1", "exercise-3"]
            points = 10
            deadline = 2026-11-20T23:59:59+01:00
            disclosure = "got"
            schedules = 32
            seed = 0xffff_ffff_ffff_ffff
            extensions = "who.toml"
            limits = { wall_ms = 20_000, compile_ms = 60_000 }
            [late]
            percent = 10
            every = "1d"
            grace = "15min"
            cap = 50
            cut_off = "1w"
            apply = true
            [exercise.exercise-3]
            points = 30
            deadline = "2026-12-01T12:00:00Z"
            late.percent = 20
            "#,
        )
        .unwrap();
        assert!(file.has("exercise-1") && !file.has("05a-gather"));
        let (usual, own) = (file.said("exercise-1"), file.said("exercise-3"));
        assert_eq!(usual.points.unwrap().value, 10);
        let points = own.points.unwrap();
        assert_eq!(
            (points.value, points.from.to_string().as_str()),
            (30, "grade.toml:18")
        );
        assert_eq!(own.late.percent.unwrap().value, 20);
        assert_eq!(own.late.cap.unwrap().value, 50);
        assert_eq!(own.seed.unwrap().value, u64::MAX);
        assert_eq!(
            own.deadline.unwrap().value.to_string(),
            "2026-12-01T12:00:00Z"
        );
    }

    #[test]
    fn whatever_is_wrong_is_told_in_a_sentence_with_its_place() {
        for (text, said) in [
            (
                "point = 10",
                "grade.toml:1:1: there is no key `point`; did you mean `points`?",
            ),
            (
                "\n  unknown_thing = 1",
                "grade.toml:2:3: there is no key `unknown_thing`; there are exercises, ",
            ),
            (
                "[late]\npercentage = 1",
                "grade.toml:2:1: there is no key `late.percentage`; did you mean `percent`?",
            ),
            (
                "[exercise.exercise-3]\npoint = 1",
                "grade.toml:2:1: there is no key `exercise.exercise-3.point`; did you mean `points`?",
            ),
            (
                "points = \"ten\"",
                "grade.toml:1:10: `points` is a whole number from 0 to 10000, not \"ten\"",
            ),
            (
                "points = -1",
                "grade.toml:1:10: `points` is a whole number from 0 to 10000, not -1",
            ),
            ("points = 1.5", "not 1.5"),
            ("points = 10001", "not 10001"),
            ("points = [1]", "not a list"),
            ("late = 5", "grade.toml:1:8: `late` is a table, not 5"),
            (
                "late.percent = 101",
                "grade.toml:1:16: `late.percent` is a whole number from 0 to 100, not 101",
            ),
            (
                "late.grace = 15",
                "`late.grace` is a length of time up to 3650d, such as 15min, 36h or 7d, not 15",
            ),
            (
                "late.every = \"0s\"",
                "`late.every` is longer than 0s, not \"0s\"",
            ),
            (
                "deadline = 2026-11-20",
                "`deadline` is a date and time with its offset, such as",
            ),
            ("deadline = 2026-11-20T23:59:59", "not 2026-11-20T23:59:59"),
            (
                "disclosure = \"all\"",
                "`disclosure` is one of `everything`, `got`, `hint`, `nothing`, not \"all\"",
            ),
            (
                "limits.wall_ms = 1",
                "`limits.wall_ms` is a whole number from 100 to 600000, not 1",
            ),
            (
                "exercises = []",
                "`exercises` is a list of texts, at least one, not a list",
            ),
            (
                "exercises = [\"exercise-1\",\n \"exercize-3\"]",
                "grade.toml:2:2: there is no exercise `exercize-3`; did you mean `exercise-3`?",
            ),
            (
                "[exercise.quicksort]",
                "grade.toml:1:11: there is no exercise `quicksort`",
            ),
            ("points = ", "grade.toml:1:10: "),
            ("points = 1\npoints = 2", "grade.toml:2:1: duplicate key"),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!(error.exit_code(), crate::exit_code::ExitCode::Usage);
            let error = error.to_string();
            assert!(error.contains(said), "{text}: {error}");
            assert_eq!(error.lines().count(), 1, "{error}");
        }
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once_in_the_order_of_the_file() {
        let error =
            read("ponts = 1\n[late]\ncap = 200\n[exercise.exercise-9]\nseed = true\n").unwrap_err();
        let error = error.to_string();
        let places: Vec<_> = error
            .lines()
            .map(|line| line.split(": ").next().unwrap())
            .collect();
        assert_eq!(
            places,
            [
                "grade.toml:1:1",
                "grade.toml:3:7",
                "grade.toml:4:11",
                "grade.toml:5:8"
            ]
        );
    }

    #[test]
    fn the_example_says_everything_that_can_be_said() {
        let file = read(include_str!("example.toml")).unwrap();
        let Said {
            points: Some(_),
            deadline: Some(_),
            disclosure: Some(_),
            schedules: Some(_),
            seed: Some(_),
            wall_ms: Some(_),
            compile_ms: Some(_),
            late,
            extensions: Some(_),
            submitted_at: None,
            students: None,
        } = file.said("exercise-3")
        else {
            panic!("something is not said: {file:?}")
        };
        let SaidOfLate {
            apply: Some(_),
            percent: Some(percent),
            every: Some(_),
            grace: Some(_),
            cap: Some(_),
            cut_off: Some(_),
        } = late
        else {
            panic!("something is not said of lateness: {late:?}")
        };
        assert_eq!(
            (percent.value, file.exercises.unwrap().value.len()),
            (20, 2)
        );
    }

    #[test]
    fn columns_are_counted_in_characters() {
        let error = read("late = { \"größe\" = 1, grce = \"1h\" }")
            .unwrap_err()
            .to_string();
        let places: Vec<_> = error
            .lines()
            .map(|line| line.split(": ").next().unwrap())
            .collect();
        assert_eq!(places, ["grade.toml:1:10", "grade.toml:1:23"]);
    }

    #[test]
    fn a_hostile_key_does_nothing_to_a_terminal() {
        let error = read("\"\\u001b[2J\" = 1").unwrap_err().to_string();
        assert!(!error.contains('\u{1b}'), "{error:?}");
    }
}
