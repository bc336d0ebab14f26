//! `grade list`.

use clap::{Args, ColorChoice, ValueEnum};

use super::course::{Where, variable};
use super::print;
use crate::config::{self, InForce};
use crate::error::Result;
use crate::exit_code::ExitCode;
use crate::list::{self, Row};
use crate::standing;

#[derive(Debug, Args)]
pub struct List {
    /// How to print it.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    at: Where,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person: by the sections of the lesson.
    Text,
    /// For programs: one object.
    Json,
}

/// Shows the exercises.
///
/// # Errors
/// When the course, or what is said of it, is wrong.
pub fn listed(asked: &List) -> Result<ExitCode> {
    let chosen = asked.at.chosen()?;
    let near = config::said_by_environment(&variable)?;
    let file = chosen.file.as_ref().map(|file| &file.value);
    let rows = chosen.course.exercises().map(|exercise| {
        let in_force = InForce::of(near.clone(), file, Some(exercise));
        Row {
            exercise,
            points: in_force.points(),
            deadline: in_force.0.deadline.map(|told| told.value.to_string()),
            standing: standing::of(exercise),
        }
    });
    let rows: Vec<_> = rows.collect();
    let text = match asked.format {
        Format::Text => list::text(&rows),
        Format::Json => format!("{:#}\n", list::json(&rows)),
    };
    print(&text, ColorChoice::Never)?;
    Ok(ExitCode::Passed)
}
