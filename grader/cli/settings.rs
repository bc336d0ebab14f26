//! What the command line says of how something is graded, and what is in force with it.

use std::path::PathBuf;

use clap::Args;

use super::course::{Chosen, variable};
use crate::config::{self, InForce, Late, Said, SaidOfLate, Source, Told, range};
use crate::course::Exercise;
use crate::disclosure::{Disclosure, Disclosures};
use crate::error::Result;
use crate::lateness::Due;
use crate::moment::Moment;
use crate::prebuild::Prebuilt;

/// Of points and deadlines.
#[derive(Debug, Args)]
pub struct Marks {
    /// What the exercise is worth; its checks' own points are rescaled to that.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=i64::from(range::MOST_POINTS)))]
    points: Option<u32>,
    /// Tell no more of a check than this; the strictest that anybody says counts.
    #[arg(long, value_name = "LEVEL", value_enum)]
    disclosure: Option<Disclosure>,
    /// When it was handed in, such as 2026-11-20T23:59:59+01:00: nothing else makes it late.
    #[arg(long, value_name = "RFC3339")]
    submitted_at: Option<Moment>,
    /// When it is due.
    #[arg(long, value_name = "RFC3339")]
    deadline: Option<Moment>,
    /// Who handed it in, as the extensions file names them; repeatable.
    #[arg(long = "student", value_name = "NAME")]
    students: Vec<String>,
    /// The file that says who has until when.
    #[arg(long, value_name = "FILE")]
    extensions: Option<PathBuf>,
    /// Whether lateness costs points: off where the platform takes its own.
    #[arg(long, value_name = "WHEN", value_enum)]
    late: Option<Late>,
}

/// Of schedules and limits.
#[derive(Debug, Args)]
pub struct Driving {
    /// Drive each check under this many seeded schedules, beside the plain one.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=i64::from(range::MOST_SCHEDULES)))]
    pub schedules: Option<u32>,
    /// Make the seeded schedules from this number.
    #[arg(long, value_name = "SEED")]
    pub seed: Option<u64>,
    /// Milliseconds of processor time that one drive may take.
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u64).range(range::WALL_MS.0..=range::WALL_MS.1))]
    wall_ms: Option<u64>,
    /// Milliseconds that compiling a submission may take.
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u64).range(range::COMPILE_MS.0..=range::COMPILE_MS.1))]
    compile_ms: Option<u64>,
}

fn option<T>(value: Option<T>, name: &'static str) -> Option<Told<T>> {
    value.map(|value| Told::new(value, Source::CommandLine(name)))
}

impl Marks {
    /// What it says.
    pub fn said(&self) -> Said {
        let students = (!self.students.is_empty()).then(|| self.students.clone());
        Said {
            points: option(self.points, "--points"),
            deadline: option(self.deadline, "--deadline"),
            disclosure: option(self.disclosure, "--disclosure"),
            extensions: option(self.extensions.clone(), "--extensions"),
            submitted_at: option(self.submitted_at, "--submitted-at"),
            students: option(students, "--student"),
            late: SaidOfLate {
                apply: option(self.late.map(|late| late == Late::On), "--late"),
                ..SaidOfLate::default()
            },
            ..Said::default()
        }
    }
}

impl Driving {
    /// What it says.
    pub fn said(&self) -> Said {
        Said {
            schedules: option(self.schedules, "--schedules"),
            seed: option(self.seed, "--seed"),
            wall_ms: option(self.wall_ms, "--wall-ms"),
            compile_ms: option(self.compile_ms, "--compile-ms"),
            ..Said::default()
        }
    }
}

/// What one exercise is graded by.
#[derive(Debug)]
pub struct Graded {
    /// As the course has it, with the limits that are in force.
    pub exercise: Exercise,
    pub in_force: InForce,
    /// What the command line and the environment say.
    pub near: Said,
    pub due: Option<Due>,
}

/// Puts what is said on the command line together with what is said elsewhere.
///
/// # Errors
/// When some of it is wrong.
pub fn graded(said: Said, chosen: &Chosen, exercise: &Exercise) -> Result<Graded> {
    let near = said.or(&config::said_by_environment(&variable)?);
    let file = chosen.file.as_ref().map(|file| &file.value);
    let in_force = InForce::of(near.clone(), file, Some(exercise));
    let due = in_force.due(&exercise.id, &chosen.course.all_ids())?;
    let mut exercise = exercise.clone();
    let limits = &mut exercise.settings.limits;
    for (limit, near) in [
        (&mut limits.wall_ms, &near.wall_ms),
        (&mut limits.compile_ms, &near.compile_ms),
    ] {
        if let Some(near) = near {
            *limit = near.value;
        }
    }
    Ok(Graded {
        exercise,
        in_force,
        near,
        due,
    })
}

impl Graded {
    /// What is told of its checks.
    pub fn disclosures(&self) -> Disclosures {
        let near = self.near.disclosure.as_ref();
        let near = near.map_or(Disclosure::Everything, |told| told.value);
        self.exercise.disclosures().limited_to(near)
    }

    /// Gives a prebuilt exercise the points that are in force.
    ///
    /// # Errors
    /// When it has none to rescale.
    pub fn worth(&self, mut prebuilt: Prebuilt) -> Result<Prebuilt> {
        if let Some(points) = self.in_force.points() {
            prebuilt.facts.worth(points)?;
        }
        Ok(prebuilt)
    }
}
