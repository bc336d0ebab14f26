//! One grading on a bench: what a command line asks for, and what came of it.

use std::path::Path;

use super::settings;
use crate::disclosure::Disclosures;
use crate::error::{Error, Result};
use crate::grade::{Bench, Graded};
use crate::plan::Plan;
use crate::prebuild::Prebuilt;
use crate::so_far::SoFar;
use crate::verdict::Status;
use crate::{as_test, pictures};

/// What is graded, and how far.
pub struct Grading<'a> {
    pub by: &'a settings::Graded,
    pub folder: &'a Path,
    /// Why there is no submission in it.
    pub missing: Option<&'a Error>,
    pub plan: &'a Plan,
    pub so_far: &'a SoFar,
    pub told: &'a Disclosures,
    /// Whether a failure is wanted as a test.
    pub as_test: bool,
}

/// What came of it, as far as it may be told.
pub struct Done {
    pub graded: Graded,
    pub test: Option<String>,
    /// Why nothing is drawn of a check.
    pub undrawn: Vec<String>,
}

impl Grading<'_> {
    /// Grades on a bench whose exercise is ready.
    ///
    /// # Errors
    /// When the grader cannot do its work.
    pub fn on(&self, bench: &Bench, prebuilt: &Prebuilt) -> Result<Done> {
        let exercise = &self.by.exercise;
        let graded = match self.missing {
            Some(why) => bench.refuse(exercise, prebuilt, why),
            None => bench.grade(exercise, prebuilt, self.folder, self.plan, self.so_far)?,
        };
        if self.missing.is_none() && self.plan.is_whole(&exercise.settings) {
            bench.results().keep(&graded.verdict);
        }
        let test = if self.as_test && graded.verdict.status != Status::Rejected {
            Some(as_test::write(exercise, prebuilt, &graded, self.told)?)
        } else {
            None
        };
        let mut graded = self.told.disclose(graded);
        graded.verdict = graded.verdict.due(self.by.due.as_ref());
        let undrawn = pictures::undrawn(&prebuilt.facts, self.told, &graded);
        Ok(Done {
            graded,
            test,
            undrawn,
        })
    }
}
