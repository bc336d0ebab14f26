//! A course: exercises in three folders of one name each, as DESIGN.md lays them out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::bundle::{Bundle, Held};
use crate::disclosure::{Disclosure, Disclosures};
use crate::error::{Error, Result};
use crate::{own_course, suggestion};

/// A folder with `exercises/`, `solutions/` and `tests/`.
#[derive(Debug, Clone)]
pub struct Course {
    root: PathBuf,
    exercises: BTreeMap<String, Exercise>,
    /// Ids of exercises that are there, and that the course leaves out.
    left_out: Vec<String>,
    /// Where it is prebuilt, without its sources.
    bundle: Option<Bundle>,
}

/// One exercise of a course.
#[derive(Debug, Clone)]
pub struct Exercise {
    pub id: String,
    pub settings: Settings,
    /// What a student receives.
    pub starter: PathBuf,
    /// The reference answer.
    pub solution: PathBuf,
    /// Contract, driver, judge, mistakes: hidden.
    pub tests: PathBuf,
    /// What stands for its hidden half in a prebuilt course.
    pub held: Option<Held>,
}

/// `exercise.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub title: String,
    /// The section of the lesson it belongs to.
    pub lesson: String,
    pub objectives: Vec<String>,
    /// The edition a submission is compiled with.
    #[serde(default = "edition")]
    pub edition: String,
    /// Crates that the student is handed, as folders of the starter.
    #[serde(default)]
    pub handed: Vec<String>,
    /// How the starter is unsolved.
    pub starter: Unsolved,
    /// How many seeded schedules each check is driven under, beside the plain one.
    #[serde(default = "schedules")]
    pub schedules: u32,
    /// What the seeded schedules are made from; a course that keeps its own to itself sets it.
    #[serde(default)]
    pub seed: u64,
    #[serde(default)]
    pub limits: Limits,
    /// How much is told of every check.
    #[serde(default)]
    pub disclosure: Disclosure,
    /// … and of single ones, by name; the stricter counts.
    #[serde(default)]
    pub disclosures: BTreeMap<String, Disclosure>,
    /// Checks on programs that must not compile against a submission.
    #[serde(default, rename = "must-not-compile")]
    pub must_not_compile: Vec<MustNotCompile>,
    /// Which numbered task of its README a check belongs to, by the check's name; for platforms that show tasks.
    #[serde(default)]
    pub tasks: BTreeMap<String, u32>,
}

/// A check on programs that must not compile, and on their twins, which must: folders of `tests/ID/programs`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MustNotCompile {
    pub name: String,
    pub title: String,
    pub points: u32,
    pub hints: Vec<String>,
    pub programs: Vec<String>,
}

/// What `grade` says of a starter that nobody has worked on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Unsolved {
    /// Every check fails with this finding.
    EveryCheckFinds(String),
    /// rustc refuses it with this code.
    DoesNotCompile(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Milliseconds of processor time that one drive may take.
    pub wall_ms: u64,
    /// Real milliseconds that compiling a submission may take.
    pub compile_ms: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            wall_ms: 10_000,
            compile_ms: 60_000,
        }
    }
}

/// How many seeded schedules a check is driven under where nobody says otherwise.
pub const SCHEDULES: u32 = 64;

fn schedules() -> u32 {
    SCHEDULES
}

fn edition() -> String {
    "2024".to_owned()
}

impl Exercise {
    /// How much is told of its checks, the course's own word included.
    pub fn disclosures(&self) -> Disclosures {
        Disclosures {
            all: self.settings.disclosure,
            checks: self.settings.disclosures.clone(),
        }
    }

    /// The crate that the contract asks for.
    ///
    /// # Errors
    /// When the contract is wrong.
    pub fn krate(&self) -> Result<String> {
        if let Some(held) = &self.held {
            return Ok(held.krate.clone());
        }
        let path = self.tests.join("contract.rs");
        let text = fs::read_to_string(&path).map_err(|e| Error::io("read", &path, &e))?;
        let contract = contract_code::parse_file(&text)
            .map_err(|e| Error::grader(format!("{} is wrong: {e}", path.display())))?;
        Ok(contract.krate.to_string())
    }
}

impl Course {
    /// The course that came with `grade`.
    ///
    /// # Errors
    /// When it cannot be unpacked.
    pub fn own() -> Result<Self> {
        Self::read(&own_course::folder()?)
    }

    /// Reads the course in `root`.
    ///
    /// # Errors
    /// When it has no exercises, or one of its `exercise.toml` is wrong.
    pub fn read(root: &Path) -> Result<Self> {
        let root = fs::canonicalize(root)
            .map_err(|_| Error::usage(format!("no course at {}", root.display())))?;
        let bundle = Bundle::read(&root)?;
        let mut exercises = BTreeMap::new();
        for entry in fs::read_dir(root.join("tests"))
            .into_iter()
            .flatten()
            .flatten()
        {
            let settings = entry.path().join("exercise.toml");
            if !settings.is_file() {
                continue;
            }
            let id = entry.file_name().to_string_lossy().into_owned();
            let text =
                fs::read_to_string(&settings).map_err(|e| Error::io("read", &settings, &e))?;
            let settings: Settings = toml::from_str(&text)
                .map_err(|e| Error::usage(format!("{} is wrong: {e}", settings.display())))?;
            let held = bundle.as_ref().map(|bundle| bundle.held(&id)).transpose()?;
            exercises.insert(
                id.clone(),
                Exercise {
                    starter: root.join("exercises").join(&id),
                    solution: root.join("solutions").join(&id),
                    tests: entry.path(),
                    settings,
                    held,
                    id,
                },
            );
        }
        if exercises.is_empty() {
            return Err(Error::usage(format!("no exercises in {}", root.display()))
                .hint("a course has exercises/ID, solutions/ID and tests/ID/exercise.toml"));
        }
        Ok(Self {
            root,
            exercises,
            left_out: Vec::new(),
            bundle,
        })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The kit and the toolchain that it is prebuilt with, if it is.
    pub fn bundle(&self) -> Option<&Bundle> {
        self.bundle.as_ref()
    }

    pub fn exercises(&self) -> impl Iterator<Item = &Exercise> {
        self.exercises.values()
    }

    pub fn ids(&self) -> Vec<&str> {
        self.exercises.keys().map(String::as_str).collect()
    }

    /// Those that it leaves out too.
    pub fn all_ids(&self) -> Vec<&str> {
        let left_out = self.left_out.iter().map(String::as_str);
        self.ids().into_iter().chain(left_out).collect()
    }

    pub fn exercises_mut(&mut self) -> impl Iterator<Item = &mut Exercise> {
        self.exercises.values_mut()
    }

    /// Leaves out every exercise whose id is not wanted.
    pub fn keep(&mut self, is_wanted: impl Fn(&str) -> bool) {
        let left_out = self.exercises.keys().filter(|id| !is_wanted(id));
        self.left_out.extend(left_out.cloned());
        self.exercises.retain(|id, _| is_wanted(id));
    }

    /// The exercise with this id, or the only one whose id begins so.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn find(&self, id: &str) -> Result<&Exercise> {
        if let Some(exercise) = self.exercises.get(id) {
            return Ok(exercise);
        }
        let begins = |exercise: &&Exercise| !id.is_empty() && exercise.id.starts_with(id);
        let found: Vec<_> = self.exercises().filter(begins).collect();
        match found[..] {
            [only] => Ok(only),
            [] if self.left_out.iter().any(|other| other == id) => Err(Error::usage(format!(
                "`{id}` is no exercise of this course"
            ))
            .hint("`exercises` in its grade.toml leaves it out; `grade list` shows those it has")),
            [] => {
                let ids = self.exercises.keys().map(String::as_str);
                let hint = suggestion::nearest(id, ids).map_or_else(
                    || "`grade list` shows the exercises".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                Err(Error::usage(format!("there is no exercise `{id}`")).hint(hint))
            }
            _ => {
                let ids: Vec<_> = found.iter().map(|e| e.id.as_str()).collect();
                Err(Error::usage(format!(
                    "`{id}` could be {}",
                    ids.join(" or ")
                )))
            }
        }
    }
}
