//! Reads traces from lines that anybody may have written: what is too long, too much, out of order or malformed is
//! told with its line, and memory follows the bytes that arrived.

use std::io::{self, BufRead, Read};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use trace::frame::{MAX_EVENTS, MAX_FRAME};
use trace::schedule::Schedule;
use trace::{Event, Trace};

use super::{Check, CheckLine, DriveLine, Driven, Run, SCHEMA, SEEDED, Stored};

/// The longest line, in bytes: an event of the longest frame, with every byte of it escaped, or a run's
/// diagnostics.
const MAX_LINE: u64 = 8 * MAX_FRAME as u64;
/// The most checks of a run, and the most bytes of a file.
const MAX_CHECKS: usize = 10_000;
const MAX_BYTES: u64 = 1 << 30;

/// Why a file is not read as traces.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("it is no trace: its first line has no `schema`")]
    NoTrace,
    #[error("its schema is `{0}`, and this version of grade reads `{SCHEMA}`")]
    Schema(String),
    #[error("line {line}: {why}")]
    Malformed { line: usize, why: String },
    #[error("line {0}: longer than {MAX_LINE} bytes")]
    TooLong(usize),
    #[error("line {0}: time runs backwards")]
    OutOfOrder(usize),
    #[error("line {line}: {events} events, and a drive has at most {MAX_EVENTS}")]
    TooManyEvents { line: usize, events: usize },
    #[error("more than {MAX_CHECKS} checks or {MAX_BYTES} bytes")]
    TooMuch,
    #[error("it ends within the drive of `{check}`")]
    CutOff { check: String },
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// What of a first line is looked at before the rest of it.
#[derive(Debug, Deserialize)]
struct Schema {
    schema: Option<String>,
}

/// Reads a run and its traces.
///
/// # Errors
/// When it is none, of another version, or damaged.
pub fn read(input: impl BufRead) -> Result<Stored, Unreadable> {
    let mut lines = Lines {
        input: input.take(MAX_BYTES),
        number: 0,
    };
    let first = lines.next()?.ok_or(Unreadable::NoTrace)?;
    let schema = serde_json::from_slice::<Schema>(&first).ok();
    match schema.and_then(|first| first.schema).as_deref() {
        Some(SCHEMA) => {}
        Some(other) => return Err(Unreadable::Schema(shown(other))),
        None => return Err(Unreadable::NoTrace),
    }
    let run: Run = lines.value(&first)?;
    let mut checks = Vec::new();
    while let Some(line) = lines.next()? {
        if checks.len() >= MAX_CHECKS {
            return Err(Unreadable::TooMuch);
        }
        let line: CheckLine = lines.value(&line)?;
        checks.push(match line {
            CheckLine {
                check,
                doubt: Some(doubt),
                drive: None,
            } => Check::Doubted { check, doubt },
            CheckLine {
                check,
                doubt: None,
                drive: Some(drive),
            } => Check::Driven(Box::new(lines.driven(check, drive)?)),
            _ => return Err(lines.malformed("it has not one of `drive` and `doubt`")),
        });
    }
    if lines.input.limit() == 0 {
        return Err(Unreadable::TooMuch);
    }
    Ok(Stored { run, checks })
}

struct Lines<R> {
    input: io::Take<R>,
    /// Of the line that was read last, counted from 1.
    number: usize,
}

impl<R: BufRead> Lines<R> {
    /// The next line, without its end; none at the end of the file.
    fn next(&mut self) -> Result<Option<Vec<u8>>, Unreadable> {
        self.number += 1;
        let mut line = Vec::new();
        (&mut self.input)
            .take(MAX_LINE + 1)
            .read_until(b'\n', &mut line)?;
        if line.last() == Some(&b'\n') {
            line.pop();
        } else if line.len() as u64 > MAX_LINE {
            return Err(Unreadable::TooLong(self.number));
        } else if line.is_empty() {
            return Ok(None);
        }
        Ok(Some(line))
    }

    fn value<T: DeserializeOwned>(&self, line: &[u8]) -> Result<T, Unreadable> {
        serde_json::from_slice(line).map_err(|error| self.malformed(&error.to_string()))
    }

    fn malformed(&self, why: &str) -> Unreadable {
        Unreadable::Malformed {
            line: self.number,
            why: shown(why),
        }
    }

    fn driven(&mut self, check: String, drive: DriveLine) -> Result<Driven, Unreadable> {
        let schedule = self.schedule(&drive.schedule)?;
        if drive.events > MAX_EVENTS {
            return Err(Unreadable::TooManyEvents {
                line: self.number,
                events: drive.events,
            });
        }
        let mut events: Vec<Event> = Vec::new();
        while events.len() < drive.events {
            let Some(line) = self.next()? else {
                return Err(Unreadable::CutOff {
                    check: shown(&check),
                });
            };
            let event: Event = self.value(&line)?;
            if events.last().is_some_and(|last| last.at_ms > event.at_ms) {
                return Err(Unreadable::OutOfOrder(self.number));
            }
            events.push(event);
        }
        let trace = Trace {
            check,
            schedule,
            events,
            peaks: drive.peaks,
            ending: drive.ending,
        };
        Ok(Driven {
            trace,
            found: drive.found,
        })
    }

    fn schedule(&self, code: &str) -> Result<Schedule, Unreadable> {
        if code == "plain" {
            return Ok(Schedule::Plain);
        }
        if let Some(seed) = code.strip_prefix(SEEDED).and_then(|seed| seed.parse().ok()) {
            return Ok(Schedule::Seeded(seed));
        }
        let choices = code.parse();
        choices
            .map(Schedule::Exact)
            .map_err(|error| self.malformed(&error.to_string()))
    }
}

/// Words from a file, within a message.
fn shown(words: &str) -> String {
    const LONGEST: usize = 200;
    let words: String = words.chars().take(LONGEST).collect();
    crate::text::plain(&words).into_owned()
}
