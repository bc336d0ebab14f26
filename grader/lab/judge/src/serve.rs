//! A judge's `main`: lists its checks, or judges traces from standard input, one answer a line.

use std::io::{self, BufReader, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use trace::finding::{CheckInfo, Judgement, Outcome};
use trace::frame::{self, FrameError, MAX_TRACE};
use trace::{Kind, Place, Trace};

use crate::findings::Findings;
use crate::run::Run;
use crate::{blocked, fatal, swallowed, unawaited};

/// A judge's function, as `#[judge]` registers it.
#[derive(Debug)]
pub struct Judge {
    pub name: &'static str,
    pub line: u32,
    pub points: u32,
    pub title: &'static str,
    pub hints: &'static [&'static str],
    pub judge: fn(&Run<'_>) -> Findings,
}

inventory::collect!(Judge);

impl Judge {
    /// What ended the run before its time, else what this judge finds.
    pub fn findings(&self, run: &Run<'_>) -> Findings {
        fatal::findings(run).or_else(|| (self.judge)(run))
    }
}

/// Every judge, in the order they are written.
fn judges() -> Vec<&'static Judge> {
    let mut all: Vec<_> = inventory::iter::<Judge>.into_iter().collect();
    all.sort_by_key(|judge| judge.line);
    all
}

/// Runs the judges of this executable.
pub fn serve() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("--list") {
        let checks: Vec<_> = judges().into_iter().map(info).collect();
        println!(
            "{}",
            serde_json::to_string(&checks).expect("checks have a JSON form")
        );
        return ExitCode::SUCCESS;
    }
    // A judge's panic is an answer of its own; standard error stays empty.
    std::panic::set_hook(Box::new(|_| {}));
    match answer() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the judge could not read a trace: {error}");
            ExitCode::FAILURE
        }
    }
}

fn info(judge: &Judge) -> CheckInfo {
    CheckInfo {
        name: judge.name.to_owned(),
        title: judge.title.to_owned(),
        points: judge.points,
        hints: judge.hints.iter().map(|&hint| hint.to_owned()).collect(),
    }
}

fn answer() -> Result<(), FrameError> {
    let mut input = BufReader::new(io::stdin().lock());
    let mut output = io::stdout().lock();
    let limit = usize::try_from(MAX_TRACE).unwrap_or(usize::MAX);
    while let Some(trace) = frame::read::<Trace>(&mut input, limit)? {
        let judgement = judge(&trace);
        let line = serde_json::to_string(&judgement).expect("a judgement has a JSON form");
        writeln!(output, "{line}")?;
        output.flush()?;
    }
    Ok(())
}

/// Judges one trace: what ended it, else what its check's judge finds.
pub fn judge(trace: &Trace) -> Judgement {
    let outcome = judges()
        .into_iter()
        .find(|judge| judge.name == trace.check)
        .map_or_else(
            || Outcome::Failed {
                error: format!("no judge is named `{}`", trace.check),
            },
            |judge| outcome(judge, trace),
        );
    Judgement {
        check: trace.check.clone(),
        outcome,
    }
}

fn outcome(judge: &Judge, trace: &Trace) -> Outcome {
    if let Some(error) = driver_panic(trace) {
        return Outcome::Failed { error };
    }
    let run = Run::new(trace);
    let judged = catch_unwind(AssertUnwindSafe(|| judge.findings(&run)));
    match judged {
        Ok(findings) => {
            let advice = advice(&run, &findings);
            Outcome::Judged {
                findings: findings.into_vec(),
                advice: advice.into_vec(),
            }
        }
        Err(panic) => {
            let message = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("a value that is no text");
            Outcome::Failed {
                error: format!("its judge panicked: {message}"),
            }
        }
    }
}

/// What every run is looked over for, but for what is told already. A panic that nobody saw can be why a
/// run ended; what held the thread in such a run cannot.
fn advice(run: &Run<'_>, findings: &Findings) -> Findings {
    let mut all = swallowed::findings(run);
    if fatal::findings(run).is_empty() {
        all = blocked::findings(run)
            .and(unawaited::findings(run))
            .and(all);
    }
    all.without(|kind| findings.has(kind))
}

/// A panic in the driver's own lines is the exercise's mistake, not the student's.
fn driver_panic(trace: &Trace) -> Option<String> {
    trace.events.iter().find_map(|event| match &event.kind {
        Kind::Panicked {
            message,
            place: Place::Known { file, line },
        } if !file.contains('/') => {
            Some(format!("its driver panicked at {file}:{line}: {message}"))
        }
        _ => None,
    })
}
