//! What somebody said of grading, and where: on the command line, in the environment, in a file. Each says what it likes,
//! and the one that is nearer to the run counts.

use std::fmt;
use std::path::PathBuf;

use crate::disclosure::Disclosure;
use crate::moment::{Length, Moment};

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An option of the command line, with its dashes.
    CommandLine(&'static str),
    /// A variable.
    Environment(&'static str),
    /// A line of `grade.toml`.
    File { path: PathBuf, line: usize },
    /// It stands in the course's root.
    Course,
    /// The exercise's own `exercise.toml`.
    Exercise,
    /// Nobody said anything.
    BuiltIn,
}

impl Source {
    /// Its kind, for programs.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::CommandLine(_) => "command-line",
            Self::Environment(_) => "environment",
            Self::File { .. } => "file",
            Self::Course => "course",
            Self::Exercise => "exercise",
            Self::BuiltIn => "built-in",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::CommandLine(name) | Self::Environment(name) => f.write_str(name),
            Self::File { path, line } => {
                let name = path.file_name().unwrap_or_default();
                write!(f, "{}:{line}", name.display())
            }
            Self::Course => f.write_str("in the course's root"),
            Self::Exercise => f.write_str("exercise.toml"),
            Self::BuiltIn => f.write_str("built in"),
        }
    }
}

/// A value, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<T> {
    pub value: T,
    pub from: Source,
}

impl<T> Told<T> {
    pub fn new(value: T, from: Source) -> Self {
        Self { value, from }
    }
}

/// What is said in one place; all that is not said is left to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// What an exercise is worth.
    pub points: Option<Told<u32>>,
    pub deadline: Option<Told<Moment>>,
    pub disclosure: Option<Told<Disclosure>>,
    /// Seeded schedules a check is driven under.
    pub schedules: Option<Told<u32>>,
    /// What they are made from.
    pub seed: Option<Told<u64>>,
    pub wall_ms: Option<Told<u64>>,
    pub compile_ms: Option<Told<u64>>,
    pub late: SaidOfLate,
    /// Who has until when.
    pub extensions: Option<Told<PathBuf>>,
    pub submitted_at: Option<Told<Moment>>,
    /// Who handed in.
    pub students: Option<Told<Vec<String>>>,
}

/// … of lateness.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SaidOfLate {
    /// Whether it costs anything: not where a platform takes its own.
    pub apply: Option<Told<bool>>,
    pub percent: Option<Told<u32>>,
    pub every: Option<Told<Length>>,
    pub grace: Option<Told<Length>>,
    pub cap: Option<Told<u32>>,
    pub cut_off: Option<Told<Length>>,
}

impl Said {
    /// This, and what it leaves open as another says it. Of disclosures the stricter one counts, wherever it is said.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        let disclosure = match (self.disclosure, other.disclosure.clone()) {
            (Some(this), Some(other)) if other.value > this.value => Some(other),
            (this, other) => this.or(other),
        };
        Self {
            points: self.points.or_else(|| other.points.clone()),
            deadline: self.deadline.or_else(|| other.deadline.clone()),
            disclosure,
            schedules: self.schedules.or_else(|| other.schedules.clone()),
            seed: self.seed.or_else(|| other.seed.clone()),
            wall_ms: self.wall_ms.or_else(|| other.wall_ms.clone()),
            compile_ms: self.compile_ms.or_else(|| other.compile_ms.clone()),
            late: self.late.or(&other.late),
            extensions: self.extensions.or_else(|| other.extensions.clone()),
            submitted_at: self.submitted_at.or_else(|| other.submitted_at.clone()),
            students: self.students.or_else(|| other.students.clone()),
        }
    }
}

impl SaidOfLate {
    fn or(self, other: &Self) -> Self {
        Self {
            apply: self.apply.or_else(|| other.apply.clone()),
            percent: self.percent.or_else(|| other.percent.clone()),
            every: self.every.or_else(|| other.every.clone()),
            grace: self.grace.or_else(|| other.grace.clone()),
            cap: self.cap.or_else(|| other.cap.clone()),
            cut_off: self.cut_off.or_else(|| other.cut_off.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_one_counts_and_the_stricter_disclosure() {
        let of = |points, disclosure, from: &Source| Said {
            points: Some(Told::new(points, from.clone())),
            disclosure: Some(Told::new(disclosure, from.clone())),
            ..Said::default()
        };
        let option = Source::CommandLine("--points");
        let near = of(10, Disclosure::Got, &option);
        let far = of(20, Disclosure::Hint, &Source::BuiltIn);
        let both = near.or(&far);
        assert_eq!(both.points, Some(Told::new(10, option)));
        let strict = Told::new(Disclosure::Hint, Source::BuiltIn);
        assert_eq!(both.disclosure, Some(strict));
        assert_eq!(Said::default().or(&far), far);
    }
}
