//! `grade config`.

use std::path::Path;

use clap::{Args, ColorChoice, ValueEnum};

use super::course::{Where, variable};
use super::print;
use super::settings::{Driving, Marks};
use crate::config::{self, InForce, NAME, Shown, Source, Told};
use crate::error::Result;
use crate::exit_code::ExitCode;

#[derive(Debug, Args)]
pub struct Config {
    /// The exercise, or the beginning of its id; else what is said of the course as a whole.
    #[arg(value_name = "ID")]
    exercise: Option<String>,
    /// How to print it.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Show a seed of the course's own too.
    #[arg(long)]
    show_seed: bool,
    #[command(flatten)]
    marks: Marks,
    #[command(flatten)]
    driving: Driving,
    #[command(flatten)]
    at: Where,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person: a setting a line.
    Text,
    /// For programs: one object.
    Json,
}

/// Prints what is in force.
///
/// # Errors
/// When some of it is wrong.
pub fn shown(asked: &Config) -> Result<ExitCode> {
    let chosen = asked.at.chosen()?;
    let course = &chosen.course;
    let exercise = asked
        .exercise
        .as_deref()
        .map(|id| course.find(id))
        .transpose()?;
    let near = asked.marks.said().or(&asked.driving.said());
    let near = near.or(&config::said_by_environment(&variable)?);
    let file = chosen.file.as_ref();
    let in_force = InForce::of(near, file.map(|file| &file.value), exercise);
    // What it names is read too, so that what is wrong in it is told here.
    in_force.due(
        exercise.map_or("", |exercise| &exercise.id),
        &course.all_ids(),
    )?;
    let listed = file.and_then(|file| file.value.exercises.as_ref());
    let shown = Shown {
        exercise: exercise.map(|exercise| (exercise.id.as_str(), exercise.settings.title.as_str())),
        course: Told::new(course.root(), chosen.from.clone()),
        file: file.map(|file| Told::new(file.value.path.as_path(), file.from.clone())),
        exercises: Told::new(
            course.ids(),
            listed.map_or(Source::BuiltIn, |listed| listed.from.clone()),
        ),
        in_force: &in_force,
        with_seed: asked.show_seed,
        notes: notes(file.map(|file| file.value.path.as_path())),
    };
    let text = match asked.format {
        Format::Text => config::text(&shown),
        Format::Json => format!("{:#}\n", config::json(&shown)),
    };
    print(&text, ColorChoice::Never)?;
    Ok(ExitCode::Passed)
}

/// What is there, looks as if it were meant, and is not used.
fn notes(file: Option<&Path>) -> Vec<String> {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let mut notes: Vec<_> = config::near_misses(names)
        .into_iter()
        .map(|(name, near)| format!("{name} is not known; did you mean {near}?"))
        .collect();
    let here = Path::new(NAME).canonicalize().ok();
    let used = file.and_then(|file| file.canonicalize().ok());
    if here.is_some() && here != used {
        notes.push(format!(
            "./{NAME} is not used; --config {NAME} would use it"
        ));
    }
    notes
}
