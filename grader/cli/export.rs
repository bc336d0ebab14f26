//! `grade export`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ColorChoice};

use super::course::Where;
use super::isolation::Isolation;
use super::on_a_bench;
use super::print::print;
use super::settings;
use crate::config::Said;
use crate::course::{Course, Exercise};
use crate::error::{Error, Result};
use crate::exit_code::ExitCode;
use crate::export::{self, Kind, Order};

#[derive(Debug, Args)]
pub struct Export {
    /// What is written.
    #[arg(value_name = "WHAT", value_enum)]
    what: Kind,
    /// The exercises, or the beginnings of their ids; all for `student` and `prebuilt`, if none is named.
    #[arg(value_name = "EXERCISE")]
    exercises: Vec<String>,
    /// The folder to make; nothing is overwritten.
    #[arg(long, short, value_name = "DIR")]
    output: PathBuf,
    /// Show no progress.
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    isolation: Isolation,
    #[command(flatten)]
    at: Where,
}

impl Export {
    /// The exercises that are named, each once.
    fn named<'a>(&self, course: &'a Course) -> Result<Vec<&'a Exercise>> {
        let mut exercises: Vec<&Exercise> = Vec::new();
        for id in &self.exercises {
            let exercise = course.find(id)?;
            if !exercises.iter().any(|other| other.id == exercise.id) {
                exercises.push(exercise);
            }
        }
        if exercises.is_empty() {
            if !matches!(self.what, Kind::Student | Kind::Prebuilt) {
                return Err(Error::usage("no exercise is named")
                    .hint("`grade list` shows them; several can be named"));
            }
            exercises.extend(course.exercises());
        }
        Ok(exercises)
    }
}

/// Writes what is asked for.
///
/// # Errors
/// When it cannot be built or written.
pub fn export(asked: &Export) -> Result<ExitCode> {
    let chosen = asked.at.chosen()?;
    if let Some(bundle) = chosen.course.bundle() {
        return Err(bundle.has_no_sources());
    }
    export::free(&asked.output)?;
    let mut worth = BTreeMap::new();
    let mut said = Vec::new();
    for exercise in asked.named(&chosen.course)? {
        let by = settings::graded(Said::default(), &chosen, exercise)?;
        worth.extend(
            by.in_force
                .points()
                .map(|points| (exercise.id.clone(), points)),
        );
        let mut exercise = by.exercise.clone();
        exercise.settings.disclosure = by.disclosures().all;
        said.push(exercise);
    }
    let exercises: Vec<_> = said.iter().collect();
    let file = chosen.file.as_ref().map(|file| file.value.path.as_path());
    let said = on_a_bench(&asked.isolation, asked.quiet, &chosen.course, |bench| {
        let order = Order {
            bench,
            settings: file,
            exercises: &exercises,
            worth: &worth,
        };
        export::write(asked.what, &order, &asked.output)
    })?;
    print(&said, ColorChoice::Never)?;
    Ok(ExitCode::Passed)
}
