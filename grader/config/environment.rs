//! What the environment says: a variable for each option that it can stand for. An empty one says nothing.

use std::fmt::Display;
use std::str::FromStr;

use clap::ValueEnum;

use super::range;
use super::said::{Said, Source, Told};
use crate::error::{Error, Result};
use crate::moment::Moment;
use crate::suggestion;

/// Every variable that `grade` reads, with what it stands for.
pub const VARIABLES: [(&str, &str); 14] = [
    (
        "GRADE_CACHE",
        "the cache's folder, instead of `grade` in the platform's",
    ),
    ("GRADE_COMPILE_MS", "--compile-ms"),
    ("GRADE_CONFIG", "--config"),
    ("GRADE_COURSE", "--course"),
    ("GRADE_DEADLINE", "--deadline"),
    ("GRADE_DISCLOSURE", "--disclosure"),
    ("GRADE_EXTENSIONS", "--extensions"),
    ("GRADE_LATE", "--late"),
    ("GRADE_POINTS", "--points"),
    ("GRADE_SCHEDULES", "--schedules"),
    ("GRADE_SEED", "--seed"),
    ("GRADE_STUDENT", "--student"),
    ("GRADE_SUBMITTED_AT", "--submitted-at"),
    ("GRADE_WALL_MS", "--wall-ms"),
];

/// What it says of grading; `lookup` answers a variable's value.
///
/// # Errors
/// When a variable is not what its option could be.
pub fn said(lookup: &impl Fn(&str) -> Option<String>) -> Result<Said> {
    let of = |name| Variable { name, lookup };
    let (wall, compile) = (range::WALL_MS, range::COMPILE_MS);
    let mut said = Said {
        points: of("GRADE_POINTS").number(0, range::MOST_POINTS)?,
        deadline: of("GRADE_DEADLINE").moment()?,
        disclosure: of("GRADE_DISCLOSURE").word()?,
        schedules: of("GRADE_SCHEDULES").number(0, range::MOST_SCHEDULES)?,
        seed: of("GRADE_SEED").number(0, u64::MAX)?,
        wall_ms: of("GRADE_WALL_MS").number(wall.0, wall.1)?,
        compile_ms: of("GRADE_COMPILE_MS").number(compile.0, compile.1)?,
        extensions: of("GRADE_EXTENSIONS").told(|text| Ok(text.into()))?,
        submitted_at: of("GRADE_SUBMITTED_AT").moment()?,
        students: of("GRADE_STUDENT")
            .told(|text| Ok(text.split(',').map(|name| name.trim().to_owned()).collect()))?,
        ..Said::default()
    };
    let late: Option<Told<Late>> = of("GRADE_LATE").word()?;
    said.late.apply = late.map(|told| Told::new(told.value == Late::On, told.from));
    Ok(said)
}

/// Whether lateness costs points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Late {
    /// As the course's rules say.
    On,
    /// Never: the platform takes its own.
    Off,
}

/// A variable whose name is like one of ours and is none, with the one that may be meant.
pub fn near_misses(names: impl IntoIterator<Item = String>) -> Vec<(String, &'static str)> {
    let known = || VARIABLES.iter().map(|(name, _)| *name);
    let ours = ["GRADE_KIT_TARGET", "GRADE_TESTS_ALL"];
    let mut found: Vec<_> = names
        .into_iter()
        .filter(|name| name.starts_with("GRADE_"))
        .filter(|name| !known().chain(ours).any(|other| other == name))
        .filter_map(|name| Some((name.clone(), suggestion::nearest(&name, known())?)))
        .collect();
    found.sort();
    found
}

struct Variable<'a, L> {
    name: &'static str,
    lookup: &'a L,
}

impl<L: Fn(&str) -> Option<String>> Variable<'_, L> {
    fn told<T>(&self, read: impl FnOnce(&str) -> Result<T, String>) -> Result<Option<Told<T>>> {
        let Some(text) = (self.lookup)(self.name).filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let value =
            read(&text).map_err(|why| Error::usage(format!("{} is wrong: {why}", self.name)))?;
        Ok(Some(Told::new(value, Source::Environment(self.name))))
    }

    fn number<T: FromStr + PartialOrd + Display + Copy>(
        &self,
        least: T,
        most: T,
    ) -> Result<Option<Told<T>>> {
        self.told(|text| {
            let number = text.parse::<T>().ok().filter(|n| least <= *n && *n <= most);
            number.ok_or_else(|| format!("`{text}` is not a whole number from {least} to {most}"))
        })
    }

    fn moment(&self) -> Result<Option<Told<Moment>>> {
        self.told(str::parse)
    }

    fn word<T: ValueEnum>(&self) -> Result<Option<Told<T>>> {
        self.told(|text| {
            let values = T::value_variants().iter();
            let names = values.filter_map(ValueEnum::to_possible_value);
            let names: Vec<_> = names.map(|value| value.get_name().to_owned()).collect();
            T::from_str(text, false)
                .map_err(|_| format!("`{text}` is not one of {}", names.join(", ")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::Disclosure;

    fn with(name: &str, value: &str) -> Result<Said> {
        said(&|asked: &str| (asked == name).then(|| value.to_owned()))
    }

    #[test]
    fn a_variable_says_what_its_option_would() {
        let points = with("GRADE_POINTS", "30").unwrap().points.unwrap();
        assert_eq!(
            (points.value, points.from.to_string().as_str()),
            (30, "GRADE_POINTS")
        );
        let hint = with("GRADE_DISCLOSURE", "hint")
            .unwrap()
            .disclosure
            .unwrap();
        assert_eq!(hint.value, Disclosure::Hint);
        let off = with("GRADE_LATE", "off").unwrap().late.apply.unwrap();
        assert!(!off.value);
        let students = with("GRADE_STUDENT", "ada, grace")
            .unwrap()
            .students
            .unwrap();
        assert_eq!(students.value, ["ada", "grace"]);
        assert_eq!(with("GRADE_POINTS", "").unwrap(), Said::default());
    }

    #[test]
    fn a_variable_that_is_wrong_is_told_in_a_sentence() {
        for (name, value, said) in [
            (
                "GRADE_POINTS",
                "ten",
                "GRADE_POINTS is wrong: `ten` is not a whole number from 0 to 10000",
            ),
            (
                "GRADE_WALL_MS",
                "1",
                "`1` is not a whole number from 100 to 600000",
            ),
            (
                "GRADE_SEED",
                "-1",
                "GRADE_SEED is wrong: `-1` is not a whole number from 0 to ",
            ),
            (
                "GRADE_SUBMITTED_AT",
                "now",
                "`now` is not a date and time with its offset",
            ),
            (
                "GRADE_DISCLOSURE",
                "all",
                "`all` is not one of everything, got, hint, nothing",
            ),
            ("GRADE_LATE", "no", "`no` is not one of on, off"),
        ] {
            let error = with(name, value).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }

    #[test]
    fn a_misspelt_variable_is_noticed_and_those_of_others_are_not() {
        let names = [
            "GRADE_DISCLOSRE",
            "GRADE_CACHE",
            "GRADE_KIT_TARGET",
            "PATH",
            "GRADE_BOOK_OF_THE_SCHOOL",
        ];
        let found = near_misses(names.map(str::to_owned));
        assert_eq!(found, [("GRADE_DISCLOSRE".to_owned(), "GRADE_DISCLOSURE")]);
    }
}
