//! What is said of a check, given what was found.

use std::collections::BTreeMap;

use trace::Trace;
use trace::finding::{CheckInfo, Finding, Outcome};

use crate::counterexample::Counterexample;
use crate::course::Exercise;
use crate::error::Result;
use crate::explore::{Explored, NONDETERMINISTIC};
use crate::programs::Program;
use crate::verdict::{Check, CheckFinding, CheckStatus};

/// The command that drives a check again; the plain schedule comes first by itself.
fn replay(exercise: &Exercise, info: &CheckInfo, found: Option<&Counterexample>) -> String {
    let again = format!("grade {} --check {}", exercise.id, info.name);
    match found {
        Some(found) => format!("{again} --schedule {}", found.code),
        None => again,
    }
}

/// What is said of a check, and the trace that it rests on.
pub fn decide(
    exercise: &Exercise,
    info: &CheckInfo,
    explored: Result<Explored>,
) -> (Check, Option<Trace>) {
    let (outcome, trace, counterexample) = match explored {
        Ok(explored) => (
            explored.outcome,
            Some(explored.trace),
            explored.counterexample,
        ),
        Err(error) => {
            let error = error.to_string();
            (Outcome::Failed { error }, None, None)
        }
    };
    let check = check(exercise, info, outcome, counterexample);
    (check, trace)
}

/// What is said of a check on programs that must not compile, given what was found of each by its name.
pub fn decide_on_programs(
    exercise: &Exercise,
    info: &CheckInfo,
    programs: &[Program],
    found: &Result<BTreeMap<String, Finding>>,
) -> Check {
    let outcome = match found {
        Ok(found) => Outcome::Judged {
            findings: programs
                .iter()
                .filter_map(|program| found.get(&program.name).cloned())
                .collect(),
            advice: Vec::new(),
        },
        Err(error) => Outcome::Failed {
            error: error.to_string(),
        },
    };
    check(exercise, info, outcome, None)
}

fn check(
    exercise: &Exercise,
    info: &CheckInfo,
    outcome: Outcome,
    counterexample: Option<Counterexample>,
) -> Check {
    let (status, findings, doubt) = match outcome {
        Outcome::Failed { error } => (CheckStatus::Undecided, Vec::new(), Some(error)),
        Outcome::Judged { findings, advice } => {
            let doubted = findings.iter().find(|found| found.kind == NONDETERMINISTIC);
            let doubt = doubted.map(|found| format!("{}: {}", found.kind, found.message));
            let status = match &doubt {
                Some(_) => CheckStatus::Undecided,
                None if findings.is_empty() => CheckStatus::Passed,
                None => CheckStatus::Failed,
            };
            let findings = findings
                .into_iter()
                .map(|finding| CheckFinding::new(finding, false));
            let advice = advice
                .into_iter()
                .map(|finding| CheckFinding::new(finding, true));
            (status, findings.chain(advice).collect(), doubt)
        }
    };
    let passed = status == CheckStatus::Passed;
    let failed = status == CheckStatus::Failed;
    let replay = replay(exercise, info, counterexample.as_ref());
    let task = exercise.settings.tasks.get(&info.name).copied();
    Check {
        status,
        points: if passed { info.points } else { 0 },
        hints: if failed {
            info.hints.clone()
        } else {
            Vec::new()
        },
        findings,
        doubt,
        replay: failed.then_some(replay),
        schedule: counterexample.filter(|_| !passed),
        ..Check::not_run(info, task)
    }
}
