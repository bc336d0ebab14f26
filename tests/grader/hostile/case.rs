//! One attack, and what must come of it.

use std::fs;
use std::path::{Path, PathBuf};

use super::prey::Prey;
use crate::bench::{Ran, reference};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/grader/hostile/attacks");

/// What a case has as its `mod hole;`.
const HOLE: &str = include_str!("hole.rs");

pub struct Case {
    pub name: String,
    /// The verdict, and a finding or a message if one is named.
    expected: (Outcome, Option<String>),
    /// What it is an answer to.
    pub exercise: &'static str,
    /// Its files, by their paths below the crate.
    files: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All checks pass: nothing came of the attack.
    Passes,
    /// A check fails, with this finding.
    Fails,
    /// It is rejected, with this message.
    IsRejected,
}

impl Case {
    pub fn all() -> Vec<Self> {
        let mut paths: Vec<PathBuf> = fs::read_dir(FOLDER)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    pub fn named(name: &str) -> Self {
        let file = Path::new(FOLDER).join(format!("{name}.rs"));
        Self::read(&file)
    }

    /// A file is a crate's `src/lib.rs`; a folder is a crate.
    fn read(path: &Path) -> Self {
        let mut files = Vec::new();
        if path.is_dir() {
            collect(path, "", &mut files);
        } else {
            files.push(("src/lib.rs".to_owned(), fs::read_to_string(path).unwrap()));
        }
        let lib = files.iter_mut().find(|(path, _)| path == "src/lib.rs");
        let (_, lib) = lib.expect("a case is a crate");
        let first = lib.lines().next().unwrap_or_default().to_owned();
        let (exercise, through_a_hole) = (exercise(lib), lib.contains("mod hole;"));
        if exercise == "probe" {
            lib.push_str(&counter());
        }
        if through_a_hole {
            files.push(("src/hole.rs".to_owned(), HOLE.to_owned()));
        }
        Self {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            expected: expected(&first),
            exercise,
            files,
        }
    }

    /// Whether it is right code, there to show that the sandbox lets it be.
    pub fn is_benign(&self) -> bool {
        self.name.starts_with("benign_")
    }

    pub fn comes_to(&self, outcome: Outcome) -> bool {
        self.expected.0 == outcome
    }

    /// Its files, aimed at this prey.
    pub fn aimed_at(&self, prey: &Prey) -> Vec<(String, String)> {
        let aimed = |(path, text): &(String, String)| (path.clone(), prey.name_in(text));
        self.files.iter().map(aimed).collect()
    }

    /// How a run differs from what must come of it.
    pub fn differs(&self, ran: &Ran) -> Option<String> {
        let (outcome, detail) = &self.expected;
        let code = match outcome {
            Outcome::Passes => 0,
            Outcome::Fails => 1,
            Outcome::IsRejected => 3,
        };
        if ran.code != Some(code) {
            return Some(format!("it ends with {:?}, not {code}", ran.code));
        }
        let detail = detail
            .as_deref()
            .filter(|text| !ran.stdout.contains(*text))?;
        Some(format!("nothing is said of {detail:?}"))
    }
}

/// What a first line says: `//! fails: ended-early`.
fn expected(line: &str) -> (Outcome, Option<String>) {
    let said = line.trim_start_matches("//! ");
    let (outcome, detail) = match said.split_once(": ") {
        Some((outcome, detail)) => (outcome, Some(detail.to_owned())),
        None => (said, None),
    };
    let outcome = match outcome {
        "passes" => Outcome::Passes,
        "fails" => Outcome::Fails,
        "is rejected" => Outcome::IsRejected,
        other => panic!("a case begins with what must come of it, not {other:?}"),
    };
    (outcome, detail)
}

/// What a submission is an answer to, by what it defines.
fn exercise(lib: &str) -> &'static str {
    if lib.contains("pub fn sum") {
        "callbacks"
    } else {
        "probe"
    }
}

/// The half of the probe that no attack is about.
fn counter() -> String {
    let reference = reference();
    let begins = reference.find("#[derive").expect("the counter is first");
    let ends = reference.find("pub async fn").expect("then the answer");
    reference[begins..ends].replace("Cell<", "::core::cell::Cell<")
}

fn collect(folder: &Path, below: &str, into: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        let below = format!("{below}{name}");
        if path.is_dir() {
            collect(&path, &format!("{below}/"), into);
        } else {
            into.push((below, fs::read_to_string(&path).unwrap()));
        }
    }
}
