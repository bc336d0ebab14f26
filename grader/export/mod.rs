//! `grade export`: what an autograding platform is uploaded, what students are given, and a course without its sources.

mod classroom50;
mod exercism;
mod gradescope;
mod place;
mod prairielearn;
mod prebuilt;
mod settings;
mod student;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::ValueEnum;

use crate::course::Exercise;
use crate::error::{Error, Result};
use crate::grade::Bench;
use crate::licences;
use crate::toolchain::Toolchain;
use settings::Extensions;

pub use place::free;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// A zip for each exercise, for Gradescope's autograder.
    Gradescope,
    /// The parts of a `PrairieLearn` course.
    #[value(name = "prairielearn")]
    PrairieLearn,
    /// A test runner, for Exercism.
    Exercism,
    /// A folder for each assignment of a Classroom 50.
    Classroom50,
    /// Starters, handed crates and what is told of the checks, for students.
    Student,
    /// A course without its sources, for `--course`.
    Prebuilt,
}

/// What it is written from.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    pub bench: &'a Bench,
    /// The `grade.toml` that is in force, if there is one.
    pub settings: Option<&'a Path>,
    /// With all that is said of their disclosure.
    pub exercises: &'a [&'a Exercise],
    /// What an exercise is worth, by its id, where that is said.
    pub worth: &'a BTreeMap<String, u32>,
}

/// Writes it into a new folder, whole or not at all; answers what to say.
///
/// # Errors
/// When the folder is there, or something cannot be built or written.
pub fn write(kind: Kind, order: &Order<'_>, into: &Path) -> Result<String> {
    if !matches!(kind, Kind::Student | Kind::Prebuilt) {
        is_released(&order.bench.toolchain)?;
    }
    place::put(into, |folder| match kind {
        Kind::Gradescope => gradescope::write(order, folder),
        Kind::PrairieLearn => prairielearn::write(order, folder),
        Kind::Exercism => exercism::write(order, folder),
        Kind::Classroom50 => classroom50::write(order, folder),
        Kind::Student => student::write(order, folder),
        Kind::Prebuilt => prebuilt::write(order, folder, Extensions::Kept),
    })?;
    let then = match kind {
        Kind::Prebuilt => format!("then  grade ID --course {}", into.display()),
        _ => format!("read  {}", into.join("README.md").display()),
    };
    Ok(format!("{} is written\n  {then}\n", into.display()))
}

/// A platform's set-up step installs the toolchain by its version, which only a release is found by.
fn is_released(toolchain: &Toolchain) -> Result<()> {
    let version = &toolchain.version;
    if version.pre.is_empty() {
        return Ok(());
    }
    let sentence = format!("rustc {version} is no release: a platform could not install it");
    Err(Error::usage(sentence).hint("put a stable toolchain in force: rustup default stable"))
}

/// The program, the prebuilt course and the licences: what every platform's bundle has.
fn grader(order: &Order<'_>, folder: &Path, extensions: Extensions) -> Result<()> {
    prebuilt::write(order, &folder.join("course"), extensions)?;
    let program = std::env::current_exe()
        .map_err(|e| Error::grader(format!("this program cannot be found: {e}")))?;
    let copied = folder.join("grade");
    fs::copy(&program, &copied).map_err(|e| Error::io("copy", &program, &e))?;
    place::make_executable(&copied)?;
    licences::write(folder)
}

/// A template with what is different from one toolchain, version and set of exercises to another.
fn fill(order: &Order<'_>, template: &str) -> String {
    let toolchain = &order.bench.toolchain;
    let ids: Vec<_> = order.exercises.iter().map(|e| e.id.as_str()).collect();
    template
        .replace("{VERSION}", &toolchain.version.to_string())
        .replace("{HOST}", &toolchain.host)
        .replace("{GRADE}", env!("CARGO_PKG_VERSION"))
        .replace("{IDS}", &ids.join(", "))
}
