//! Grades the mutants of a reference answer: how many of them the checks catch.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::course::Exercise;
use crate::error::{Error, Result};
use crate::mutate::{Mutant, mutants};
use crate::parallel;
use crate::scratch::Scratch;
use crate::verdict::{Status, Verdict};

/// The share of an answer's mutants that its checks have to catch, in per cent.
pub const CAUGHT_PERCENT: usize = 95;
/// How many mutants that compile an answer needs, for the share to mean something.
pub const FEWEST: usize = 10;

/// What came of an answer's mutants. Those that do not compile count nowhere.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub caught: usize,
    /// Passed, and the author says why that is right.
    pub equivalent: usize,
    /// Passed, each in words.
    pub survived: Vec<String>,
    /// What the author says is equivalent, and is no mutant or does not pass.
    pub stale: Vec<String>,
}

impl Tally {
    /// Mutants that compile and are none but right.
    pub fn all(&self) -> usize {
        self.caught + self.survived.len()
    }

    /// In what the checks fall short.
    pub fn shortfalls(&self) -> Vec<String> {
        let mut shortfalls = self.stale.clone();
        if self.all() < FEWEST {
            shortfalls.push(format!("{} of at least {FEWEST} mutants", self.all()));
        }
        if self.caught * 100 < CAUGHT_PERCENT * self.all() {
            shortfalls.extend(self.survived.iter().cloned());
        }
        shortfalls
    }
}

/// `equivalent.toml`: mutants that are as right as the answer that they were made from.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Equivalents {
    #[serde(default)]
    equivalent: Vec<Equivalent>,
}

/// Every mutant of one rule in a line of these words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Equivalent {
    rule: String,
    /// The line as it stands in the answer, without the space around it.
    line: String,
    #[expect(dead_code, reason = "it is for the reader")]
    because: String,
}

/// A mutant, and the file of the answer that it is in.
struct Mutated {
    file: PathBuf,
    /// The line that was changed.
    line: String,
    mutant: Mutant,
}

impl Mutated {
    fn told(&self, below: &Path) -> String {
        let file = self.file.strip_prefix(below).unwrap_or(&self.file);
        let Mutant {
            rule,
            line,
            was,
            is,
            ..
        } = &self.mutant;
        let short = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (rule, was, is) = (rule.name(), short(was), short(is));
        format!("{}:{line} {rule}: `{was}` becomes `{is}`", file.display())
    }

    fn is(&self, equivalent: &Equivalent) -> bool {
        equivalent.rule == self.mutant.rule.name() && equivalent.line == self.line
    }
}

/// Grades every mutant of the reference answer with `grade`, on all cores.
///
/// # Errors
/// When the answer cannot be read, or the grader cannot do its work.
pub fn tally(
    exercise: &Exercise,
    grade: &(dyn Fn(&Path) -> Result<Verdict> + Sync),
) -> Result<Tally> {
    let equivalents = equivalents(&exercise.tests.join("equivalent.toml"))?;
    let mutated = all_of(&exercise.solution.join("src"))?;
    // Of each, whether it passed; none where it did not compile.
    let passed = parallel::map(&mutated, |one| {
        let status = graded(exercise, one, grade)?.status;
        Ok((status != Status::Rejected).then_some(status == Status::Passed))
    })?;
    let mut tally = Tally::default();
    let mut used = BTreeSet::new();
    for (one, passed) in mutated.iter().zip(passed) {
        let known = equivalents.iter().position(|equivalent| one.is(equivalent));
        match (passed, known) {
            (None, _) => {}
            (Some(false), _) => tally.caught += 1,
            (Some(true), Some(known)) => {
                used.insert(known);
                tally.equivalent += 1;
            }
            (Some(true), None) => tally.survived.push(one.told(&exercise.solution)),
        }
    }
    let stale = (0..equivalents.len()).filter(|known| !used.contains(known));
    let stale = stale.map(|known| {
        let Equivalent { rule, line, .. } = &equivalents[known];
        format!("equivalent.toml: no {rule} in `{line}` passes")
    });
    tally.stale = stale.collect();
    Ok(tally)
}

fn equivalents(path: &Path) -> Result<Vec<Equivalent>> {
    match fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text)
            .map(|read: Equivalents| read.equivalent)
            .map_err(|e| Error::usage(format!("{} is wrong: {e}", path.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Error::io("read", path, &error)),
    }
}

fn all_of(folder: &Path) -> Result<Vec<Mutated>> {
    let mut all = Vec::new();
    for file in rust_files(folder)? {
        let source = fs::read_to_string(&file).map_err(|e| Error::io("read", &file, &e))?;
        let of_file = mutants(&source).into_iter().map(|mutant| Mutated {
            line: source
                .lines()
                .nth(mutant.line - 1)
                .unwrap_or_default()
                .trim()
                .to_owned(),
            file: file.clone(),
            mutant,
        });
        all.extend(of_file);
    }
    Ok(all)
}

fn rust_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).map_err(|e| Error::io("read", folder, &e))?;
    let mut files = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn graded(
    exercise: &Exercise,
    one: &Mutated,
    grade: &dyn Fn(&Path) -> Result<Verdict>,
) -> Result<Verdict> {
    let scratch = Scratch::new()?;
    let folder = scratch.folder("mutant")?;
    for file in rust_files(&exercise.solution.join("src"))? {
        let below = file.strip_prefix(&exercise.solution).unwrap_or(&file);
        let to = folder.join(below);
        let source = if file == one.file {
            one.mutant.source.clone()
        } else {
            fs::read_to_string(&file).map_err(|e| Error::io("read", &file, &e))?
        };
        if let Some(above) = to.parent() {
            fs::create_dir_all(above).map_err(|e| Error::io("make", above, &e))?;
        }
        fs::write(&to, source).map_err(|e| Error::io("write", &to, &e))?;
    }
    grade(&folder)
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn tally(caught: usize, survived: usize) -> Tally {
        Tally {
            caught,
            survived: vec!["src/lib.rs:1 …".to_owned(); survived],
            ..Tally::default()
        }
    }

    #[test]
    fn one_in_twenty_may_pass_and_no_more() {
        assert!(tally(19, 1).shortfalls().is_empty());
        assert_eq!(tally(18, 1).shortfalls().len(), 1);
    }

    #[test]
    fn a_few_mutants_prove_nothing() {
        assert_eq!(tally(9, 0).shortfalls(), ["9 of at least 10 mutants"]);
    }
}
