//! Writes traces as lines.

use std::io::{self, Write};

use serde::Serialize;
use trace::schedule::Schedule;

use super::{Check, CheckLine, DriveLine, SEEDED, Stored};

/// Writes a run and its traces.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: &mut impl Write, stored: &Stored) -> io::Result<()> {
    line(out, &stored.run)?;
    for check in &stored.checks {
        match check {
            Check::Doubted { check, doubt } => line(
                out,
                &CheckLine {
                    check: check.clone(),
                    doubt: Some(doubt.clone()),
                    drive: None,
                },
            )?,
            Check::Driven(driven) => {
                let trace = &driven.trace;
                let drive = DriveLine {
                    schedule: code(&trace.schedule),
                    found: driven.found.clone(),
                    ending: trace.ending.clone(),
                    peaks: trace.peaks,
                    events: trace.events.len(),
                };
                let check = CheckLine {
                    check: trace.check.clone(),
                    doubt: None,
                    drive: Some(drive),
                };
                line(out, &check)?;
                for event in &trace.events {
                    line(out, event)?;
                }
            }
        }
    }
    out.flush()
}

fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

fn code(schedule: &Schedule) -> String {
    match schedule {
        Schedule::Plain => "plain".to_owned(),
        Schedule::Seeded(seed) => format!("{SEEDED}{seed}"),
        Schedule::Exact(choices) => choices.to_string(),
    }
}
