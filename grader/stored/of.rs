//! What is stored of a graded submission, and the outcome of a stored check when it is judged again.

use trace::finding::{Finding, Outcome};

use super::{Check, Driven, Found, Run, SCHEMA, Stored};
use crate::counterexample::Counterexample;
use crate::course::Exercise;
use crate::driver_digest;
use crate::error::Result;
use crate::explore::{ANOTHER_DATE, Explored, NONDETERMINISTIC, REAL_CLOCK, rests_on_a_clock};
use crate::grade::Graded;
use crate::verdict::{self, CheckFinding, Status, Verdict};

impl Stored {
    /// What is stored of a graded submission.
    ///
    /// # Errors
    /// When the exercise cannot be read.
    pub fn of(exercise: &Exercise, graded: &Graded) -> Result<Self> {
        let Verdict {
            grader,
            exercise_digest,
            submission,
            toolchain,
            schedules,
            isolation,
            not_checked,
            diagnostics,
            diagnostics_left_out,
            status,
            ..
        } = graded.verdict.clone();
        let run = Run {
            schema: SCHEMA.to_owned(),
            grader,
            exercise: exercise.id.clone(),
            exercise_digest,
            driver_digest: driver_digest::of(exercise)?,
            submission,
            toolchain,
            schedules,
            isolation,
            not_checked,
            rejected: status == Status::Rejected,
            diagnostics,
            diagnostics_left_out,
        };
        let checks = graded.verdict.checks.iter().filter_map(|check| {
            let trace = graded.traces.iter().find(|trace| trace.check == check.name);
            match (trace, &check.doubt) {
                (Some(trace), _) => Some(Check::Driven(Box::new(Driven {
                    trace: trace.clone(),
                    found: found(check),
                }))),
                (None, Some(doubt)) => Some(Check::Doubted {
                    check: check.name.clone(),
                    doubt: doubt.clone(),
                }),
                (None, None) => None,
            }
        });
        Ok(Self {
            run,
            checks: checks.collect(),
        })
    }
}

/// What the verdict on a check rests on beside the trace.
fn found(check: &verdict::Check) -> Found {
    let compared = check.findings.iter().find(|finding| {
        !finding.advice
            && (finding.kind == NONDETERMINISTIC
                || (finding.kind == REAL_CLOCK && finding.message.starts_with(ANOTHER_DATE)))
    });
    Found {
        under_schedule: check.schedule.is_some(),
        seed: check.schedule.as_ref().and_then(|found| found.seed),
        compared: compared.cloned().map(finding),
    }
}

fn finding(finding: CheckFinding) -> Finding {
    let CheckFinding {
        kind,
        message,
        at,
        virtual_ms,
        expected,
        got,
        ..
    } = finding;
    Finding {
        kind,
        message,
        at,
        virtual_ms,
        expected,
        got,
    }
}

impl Driven {
    /// What came of the check, where the judge says `judged` of its trace.
    pub fn explored(self, judged: Outcome) -> Explored {
        let Found {
            under_schedule,
            seed,
            compared,
        } = self.found;
        let outcome = match compared {
            // That two drives differ is no judge's to say.
            Some(finding) if finding.kind == NONDETERMINISTIC => Outcome::Judged {
                findings: vec![finding],
                advice: Vec::new(),
            },
            Some(_) => match judged.findings().first() {
                Some(first) => rests_on_a_clock(first),
                None => judged,
            },
            None => judged,
        };
        Explored {
            outcome,
            counterexample: under_schedule.then(|| Counterexample::of(&self.trace, seed)),
            trace: self.trace,
        }
    }
}
