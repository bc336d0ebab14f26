//! What the reference answer does in a check: its trace, for the timeline beside a submission's.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter};

use trace::schedule::{Choice, Choices, Schedule};
use trace::{Kind, Trace};

use crate::course::Exercise;
use crate::error::{Error, Result};
use crate::grade::Bench;
use crate::intake::{self, Intake};
use crate::plan::{Asked, Plan};
use crate::prebuild::Prebuilt;
use crate::so_far::SoFar;
use crate::stored::{self, Stored};

/// The file in the cache that has the reference's plain traces.
const TRACES: &str = "reference.trace";

impl Bench {
    /// The reference's drive of the check that `yours` is a drive of: with the same draws, and else under the plain
    /// schedule, since which of its tasks is held back says nothing about another answer's tasks. None
    /// where the reference has no such drive.
    ///
    /// Plain drives are made once, for all checks, and kept in the cache.
    ///
    /// # Errors
    /// When the reference cannot be graded.
    pub fn reference(
        &self,
        exercise: &Exercise,
        prebuilt: &Prebuilt,
        yours: &Trace,
    ) -> Result<Option<Trace>> {
        // A prebuilt course has no answers in it.
        if exercise.held.is_some() {
            return Ok(None);
        }
        let draws = draws(yours);
        if draws.is_empty() {
            let traces = self.plain_references(exercise, prebuilt)?;
            return Ok(traces.trace(&yours.check).cloned());
        }
        let plan = Plan {
            check: Some(yours.check.clone()),
            schedule: Some(Asked::Exact(draws)),
            ..Plan::default()
        };
        let graded = self.grade(
            exercise,
            prebuilt,
            &exercise.solution,
            &plan,
            &SoFar::default(),
        )?;
        Ok(graded.traces.into_iter().next())
    }

    fn plain_references(&self, exercise: &Exercise, prebuilt: &Prebuilt) -> Result<Stored> {
        let Intake::Accepted(solution) = intake::take(&exercise.solution)? else {
            return Err(Error::grader("the reference answer is refused"));
        };
        let key = format!("{}{}{}", prebuilt.key(), solution.digest, stored::SCHEMA);
        let key = &blake3::hash(key.as_bytes()).to_hex()[..16];
        let entry = self
            .cache
            .entry(&format!("{}-reference-{key}", exercise.id), |into| {
                let plan = Plan {
                    schedules: Some(0),
                    ..Plan::default()
                };
                let graded = self.grade(
                    exercise,
                    prebuilt,
                    &exercise.solution,
                    &plan,
                    &SoFar::default(),
                )?;
                let stored = Stored::of(exercise, &graded)?;
                let path = into.join(TRACES);
                let written = File::create(&path)
                    .and_then(|file| stored::write(&mut BufWriter::new(file), &stored));
                written.map_err(|e| Error::io("write", &path, &e))
            })?;
        let path = entry.join(TRACES);
        let file = fs::File::open(&path).map_err(|e| Error::io("read", &path, &e))?;
        stored::read(BufReader::new(file))
            .map_err(|e| Error::grader(format!("{} cannot be read: {e}", path.display())))
    }
}

/// The draws of a drive that did not give their plain values.
fn draws(trace: &Trace) -> Choices {
    let draws = trace.events.iter().filter_map(|event| match &event.kind {
        Kind::Drawn { key, value, plain } if value != plain => Some(Choice::Drawn {
            key: key.clone(),
            value: *value,
        }),
        _ => None,
    });
    match trace.schedule {
        Schedule::Plain => Choices::default(),
        _ => draws.collect(),
    }
}
