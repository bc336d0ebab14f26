//! How a student's work on an exercise stands, as far as the working folder and the cache know: for an overview, never for
//! a grade.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cache::Cache;
use crate::course::Exercise;
use crate::intake::{self, Intake};
use crate::prebuild;
use crate::results::{Kept, Results};

/// Work on an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Where it is.
    pub folder: PathBuf,
    pub state: State,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is the starter, as it was handed out.
    NotBegun,
    /// It was not graded since it was changed, or since the exercise was.
    NotGraded,
    Graded(Kept),
}

/// The work that is in the working folder: none where there is none, or where it is the course itself.
pub fn of(exercise: &Exercise) -> Option<Standing> {
    let krate = exercise.krate().ok()?;
    let folder = intake::begun(exercise, &krate)?;
    if is_same(&folder, &exercise.starter) {
        return None;
    }
    let state = state(exercise, &folder);
    Some(Standing { folder, state })
}

fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}

fn state(exercise: &Exercise, folder: &Path) -> State {
    let Some(digest) = files(folder) else {
        return State::NotGraded;
    };
    if files(&exercise.starter).is_some_and(|starter| starter == digest) {
        return State::NotBegun;
    }
    let kept = Cache::open().ok().zip(prebuild::digest(exercise).ok());
    let kept = kept.and_then(|(cache, version)| Results::of(&cache).find(&version, &digest));
    kept.map_or(State::NotGraded, State::Graded)
}

fn files(folder: &Path) -> Option<String> {
    match intake::take(folder).ok()? {
        Intake::Accepted(submission) => Some(submission.digest),
        Intake::Refused { .. } => None,
    }
}
