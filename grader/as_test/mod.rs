//! A failed check as an ordinary paused test of the student's own crate: its driver on plain tokio, under
//! the schedule that failed, and what the grader found wrong with the run.
//!
//! The judge stays behind: a test cannot know what would be right. It fails for as long as the run is the one
//! that was judged, or ends as that one did.

mod edit;
mod held;
mod needed;
mod noted;
mod paths;
mod sign;
mod source;
mod text;

use self::source::Source;
use crate::course::Exercise;
use crate::disclosure::{Disclosure, Disclosures};
use crate::error::{Error, Result};
use crate::grade::Graded;
use crate::judging::Judge;
use crate::prebuild::Prebuilt;
use crate::verdict::{CheckFinding, CheckStatus};

/// What drivers ask of the lab that only the grader's has, and why a test cannot have it.
const BEYOND: [(&str, &str); 3] = [
    (
        ".disk(",
        "on a real disk nothing takes virtual time, and nothing fails when it is told to",
    ),
    (".heap_peak(", "there nothing counts what is allocated"),
    (
        ".outside(",
        "the driver calls your code outside a runtime, where nothing pauses its clock",
    ),
];

/// The test's file, for the one check that was graded and failed.
///
/// # Errors
/// When the check did not fail, when plain tokio cannot show how it did, or when the course tells too little of it.
pub fn write(
    exercise: &Exercise,
    prebuilt: &Prebuilt,
    graded: &Graded,
    told: &Disclosures,
) -> Result<String> {
    let krate = &prebuilt.facts.krate;
    let (Some(check), Some(trace)) = (graded.verdict.checks.first(), graded.traces.first()) else {
        return Err(Error::usage(
            "nothing was driven: there is no counterexample",
        ));
    };
    let name = &check.name;
    if told.of(name) != Disclosure::Everything {
        return Err(Error::usage(format!(
            "the course tells less of `{name}` than its test would"
        )));
    }
    let finding = check.findings.iter().find(|finding| !finding.advice);
    let Some(finding) = finding.filter(|_| check.status == CheckStatus::Failed) else {
        return Err(Error::usage(format!(
            "`{name}` did not fail: there is no counterexample"
        )));
    };
    let cannot = |why: &str| cannot(finding, why, check.replay.as_deref());
    let source = Source::read(&exercise.tests, krate, name)?;
    let beyond = BEYOND.iter().find(|(call, _)| source.text.contains(call));
    if let Some((_, why)) = beyond.or(source.is_outside.then_some(&BEYOND[2])) {
        return Err(cannot(why));
    }
    let held = held::held(trace, &source.text).map_err(|why| cannot(&why))?;
    let mut judge = Judge::start(&prebuilt.judge())?;
    let sign = sign::sign(finding, trace, &mut judge).map_err(|why| cannot(&why))?;
    let test = text::Test {
        exercise: &exercise.id,
        krate,
        check,
        finding,
        trace,
        source,
        held,
        sign,
    };
    Ok(test.text())
}

fn cannot(finding: &CheckFinding, why: &str, replay: Option<&str>) -> Error {
    let kind = &finding.kind;
    let error = Error::usage(format!("plain tokio cannot show this `{kind}`: {why}"));
    match replay {
        Some(replay) => error.hint(format!("`{replay}` drives it again")),
        None => error,
    }
}
