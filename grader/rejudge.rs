//! Judges stored traces again, without the submission: the verdict that the drives gave, or, where the judge has
//! been corrected since, the one that they give now.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use crate::course::{Course, Exercise};
use crate::decide::decide;
use crate::driver_digest;
use crate::error::{Error, Result};
use crate::grade::{Bench, Graded};
use crate::judging::Judge;
use crate::prebuild::Prebuilt;
use crate::stored::{self, Check, Run, Stored};
use crate::timings::Timings;
use crate::unawaited;
use crate::verdict::Verdict;

/// Reads a file of traces.
///
/// # Errors
/// When it is none.
pub fn open(path: &Path) -> Result<Stored> {
    let file = File::open(path)
        .map_err(|e| Error::usage(format!("failed to open {}: {e}", path.display())))?;
    stored::read(BufReader::new(file))
        .map_err(|e| Error::usage(format!("{} cannot be read: {e}", path.display())))
}

/// The exercise that traces are of, if it still drives as it did.
///
/// # Errors
/// When there is none, or it is another version.
pub fn exercise<'c>(course: &'c Course, run: &Run) -> Result<&'c Exercise> {
    let exercise = course.find(&run.exercise)?;
    let driver = driver_digest::of(exercise)?;
    if driver == run.driver_digest {
        return Ok(exercise);
    }
    Err(Error::usage(format!(
        "these traces are of another version of {}: its contract and driver were {}, and are {driver}",
        exercise.id,
        crate::text::plain(&run.driver_digest),
    ))
    .hint("drive the submission again; only a corrected judge can judge what was driven before"))
}

impl Bench {
    /// Judges stored traces.
    ///
    /// # Errors
    /// When the judge cannot be started, or traces are of a check that there is not.
    pub fn judge(
        &self,
        exercise: &Exercise,
        prebuilt: &Prebuilt,
        stored: Stored,
    ) -> Result<Graded> {
        let Stored { run, checks } = stored;
        let digest = run.submission.clone();
        if run.rejected {
            let graded = self.rejected(exercise, prebuilt, digest, run.diagnostics.clone());
            return Ok(Graded {
                verdict: as_run(graded.verdict, run),
                ..graded
            });
        }
        let mut judge = Judge::start(&prebuilt.judge())?;
        let (mut decided, mut traces) = (Vec::new(), Vec::new());
        for check in checks {
            let name = match &check {
                Check::Driven(driven) => &driven.trace.check,
                Check::Doubted { check, .. } => check,
            };
            let info = prebuilt.facts.checks.iter().find(|info| info.name == *name);
            let Some(info) = info else {
                let name = crate::text::plain(name).into_owned();
                return Err(Error::usage(format!(
                    "{} has no check `{name}`",
                    exercise.id
                )));
            };
            let explored = match check {
                Check::Driven(driven) => {
                    let judged = judge.judge(&driven.trace);
                    Ok(driven.explored(judged))
                }
                Check::Doubted { doubt, .. } => Err(Error::grader(doubt)),
            };
            let (check, trace) = decide(exercise, info, explored);
            decided.push(check);
            traces.extend(trace);
        }
        unawaited::advise(&mut decided, &run.diagnostics);
        let verdict = self.verdict(exercise, prebuilt, digest, run.diagnostics.clone());
        let verdict = Verdict {
            checks: decided,
            ..verdict
        };
        Ok(Graded {
            verdict: as_run(verdict.summed(), run),
            traces,
            looked_at: None,
            timings: Timings::default(),
        })
    }
}

/// A verdict on what was driven in `run`.
fn as_run(verdict: Verdict, run: Run) -> Verdict {
    Verdict {
        schedules: run.schedules,
        toolchain: run.toolchain,
        isolation: run.isolation,
        not_checked: run.not_checked,
        diagnostics_left_out: run.diagnostics_left_out,
        ..verdict
    }
}
