//! Which timelines are shown with a verdict, and the reference's beside them.

use trace::Trace;

use crate::course::Exercise;
use crate::disclosure::{Disclosure, Disclosures};
use crate::error::Result;
use crate::facts::Facts;
use crate::grade::{Bench, Graded};
use crate::prebuild::Prebuilt;
use crate::timeline::{Picture, Timeline};
use crate::verdict::{Check, CheckStatus};

/// Findings about when something happened, or about who waits for whom: a picture explains them. The rest is
/// about values, or says by itself what ended the drive.
const EXPLAINED: [&str; 13] = [
    "blocked-executor",
    "deadlock",
    "holds-too-much",
    "leaked-task",
    "lock-across-await",
    "lost-wakeup",
    "never-finishes",
    "too-early",
    "too-late",
    "too-sequential",
    "unbounded",
    "underused",
    "wrong-order",
];
/// Pictures in one report that nobody asked for.
const MOST: usize = 2;

/// Which checks are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Those whose finding a picture explains, each kind of finding once.
    WhereItExplains,
    /// Those that failed, or all where none did.
    All,
}

impl Bench {
    /// The timelines of a graded submission, in the order of its checks.
    ///
    /// # Errors
    /// When the reference cannot be graded.
    pub fn pictures(
        &self,
        exercise: &Exercise,
        prebuilt: &Prebuilt,
        graded: &Graded,
        wanted: Wanted,
    ) -> Result<Vec<Picture>> {
        let checks = &graded.verdict.checks;
        let wanted: Vec<_> = match wanted {
            Wanted::WhereItExplains => explained(checks),
            Wanted::All => all(checks),
        };
        let drawn = wanted.into_iter().filter_map(|check| {
            let trace = graded
                .traces
                .iter()
                .find(|trace| trace.check == check.name)?;
            Some(self.picture(exercise, prebuilt, check, trace))
        });
        drawn.collect()
    }

    fn picture(
        &self,
        exercise: &Exercise,
        prebuilt: &Prebuilt,
        check: &Check,
        trace: &Trace,
    ) -> Result<Picture> {
        let yours = Timeline::of(trace);
        if check.status == CheckStatus::Passed {
            return Ok(Picture::alone(&check.name, yours));
        }
        Ok(match self.reference(exercise, prebuilt, trace)? {
            Some(reference) => Picture::beside(&check.name, yours, Timeline::of(&reference)),
            None => Picture::alone(&check.name, yours),
        })
    }
}

/// What failed, or every check if nothing did.
fn all(checks: &[Check]) -> Vec<&Check> {
    let failed = |check: &&Check| check.status == CheckStatus::Failed;
    if checks.iter().any(|check| failed(&check)) {
        checks.iter().filter(failed).collect()
    } else {
        checks.iter().collect()
    }
}

/// Why there is no picture of a check that one is asked for of, by its title: a sentence each.
pub fn undrawn(facts: &Facts, told: &Disclosures, graded: &Graded) -> Vec<String> {
    let has_trace = |check: &&Check| graded.traces.iter().any(|of| of.check == check.name);
    let undrawn = all(&graded.verdict.checks).into_iter();
    let why = |check: &Check| {
        if told.of(&check.name) != Disclosure::Everything {
            "what was driven in this check is not shown"
        } else if facts.programs(&check.name).is_some() {
            "nothing is driven in this check, so there is no time to draw: it is on programs that must not compile"
        } else {
            "this check was not driven"
        }
    };
    let undrawn = undrawn.filter(|check| !has_trace(check));
    undrawn
        .map(|check| format!("{}\n\n{}\n", check.title, why(check)))
        .collect()
}

/// The failed checks that a picture explains.
fn explained(checks: &[Check]) -> Vec<&Check> {
    let mut told: Vec<&str> = Vec::new();
    let mut explained = Vec::new();
    for check in checks
        .iter()
        .filter(|check| check.status == CheckStatus::Failed)
    {
        let leading = check.findings.iter().find(|finding| !finding.advice);
        let Some(kind) = leading.map(|finding| finding.kind.as_str()) else {
            continue;
        };
        if explained.len() < MOST && EXPLAINED.contains(&kind) && !told.contains(&kind) {
            told.push(kind);
            explained.push(check);
        }
    }
    explained
}
