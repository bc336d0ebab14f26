//! What the command line and the environment say of the course, and of its `grade.toml`.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::config::{File, NAME, Source, Told};
use crate::course::Course;
use crate::error::Result;

#[derive(Debug, Args)]
pub struct Where {
    /// The folder of the course, instead of the one that came with `grade`.
    #[arg(long, value_name = "DIR")]
    pub course: Option<PathBuf>,
    /// The file to take settings from, instead of the course's own grade.toml.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// A course, and what an instructor says of it.
#[derive(Debug)]
pub struct Chosen {
    /// With the exercises that the file leaves it, and its settings in them.
    pub course: Course,
    /// Where the course was named.
    pub from: Source,
    pub file: Option<Told<File>>,
}

/// An environment variable's text; one that is no text says nothing that could be meant.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}

impl Where {
    /// The course as an instructor has it.
    ///
    /// # Errors
    /// When it, or what is said of it, is wrong.
    pub fn chosen(&self) -> Result<Chosen> {
        let Told {
            value: mut course,
            from,
        } = whole(self.course.as_deref())?;
        let file = self.file(&course)?;
        if let Some(file) = &file {
            file.value.apply(&mut course);
        }
        Ok(Chosen { course, from, file })
    }

    /// The same, without where it comes from.
    ///
    /// # Errors
    /// As for [`Where::chosen`].
    pub fn course(&self) -> Result<Course> {
        self.chosen().map(|chosen| chosen.course)
    }

    /// The file is looked for in the course's root and nowhere else: the working folder may be a student's, who could
    /// say there when the work was due.
    fn file(&self, course: &Course) -> Result<Option<Told<File>>> {
        if let Some(named) = named(self.config.as_deref(), "--config", "GRADE_CONFIG") {
            let file = File::read(&named.value, course)?;
            return Ok(Some(Told::new(file, named.from)));
        }
        let path = course.root().join(NAME);
        if path.symlink_metadata().is_err() {
            return Ok(None);
        }
        let file = File::read(&path, course)?;
        Ok(Some(Told::new(file, Source::Course)))
    }
}

/// The course as its author has it: with every exercise, and whatever their own files say.
///
/// # Errors
/// When it is wrong.
pub fn whole(option: Option<&Path>) -> Result<Told<Course>> {
    Ok(match named(option, "--course", "GRADE_COURSE") {
        Some(named) => Told::new(Course::read(&named.value)?, named.from),
        None => Told::new(Course::own()?, Source::BuiltIn),
    })
}

fn named(
    option: Option<&Path>,
    name: &'static str,
    variable_name: &'static str,
) -> Option<Told<PathBuf>> {
    let option = option.map(|path| Told::new(path.to_owned(), Source::CommandLine(name)));
    option.or_else(|| {
        let path = variable(variable_name)?;
        Some(Told::new(path.into(), Source::Environment(variable_name)))
    })
}
