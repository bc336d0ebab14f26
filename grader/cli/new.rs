//! `grade new`.

use std::path::PathBuf;

use clap::{Args, ColorChoice};

use super::course::variable;
use super::print;
use crate::bundle::Bundle;
use crate::error::Result;
use crate::exit_code::ExitCode;
use crate::new::{self, Named};

#[derive(Debug, Args)]
pub struct New {
    /// The exercise's id, such as 06a-wait-for.
    #[arg(value_name = "ID")]
    id: String,
    /// The folder of the course, instead of the working folder; it is made if need be.
    #[arg(long, value_name = "DIR")]
    course: Option<PathBuf>,
    /// Its title, instead of one made of the id.
    #[arg(long)]
    title: Option<String>,
    /// The section of the lesson that it belongs to.
    #[arg(long, default_value = "§1")]
    lesson: String,
}

/// Writes an exercise for its author to go on with.
///
/// # Errors
/// When the id cannot be one or is taken, or something cannot be written.
pub fn new(asked: &New) -> Result<ExitCode> {
    let course = asked.course.clone();
    let course = course.or_else(|| variable("GRADE_COURSE").map(PathBuf::from));
    let named = Named {
        id: &asked.id,
        title: asked.title.as_deref(),
        lesson: &asked.lesson,
    };
    let course = course.unwrap_or_else(|| PathBuf::from("."));
    if let Some(bundle) = Bundle::read(&course)? {
        return Err(bundle.has_no_sources());
    }
    let said = new::write(&course, &named)?;
    print(&said, ColorChoice::Never)?;
    Ok(ExitCode::Passed)
}
