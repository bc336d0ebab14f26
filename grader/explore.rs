//! Explores a check: the plain schedule, then the seeded ones, until one fails. What fails is shrunk and
//! driven again in a fresh process before it is believed.
//!
//! A process drives many schedules, and what the submission keeps in its statics lives on between them. A
//! failure that does not come again in a fresh process is such a leftover, and not told.

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;

use trace::finding::{Finding, Outcome};
use trace::schedule::{Choice, Schedule};
use trace::{Completion, Event, Kind, Trace};

use crate::counterexample::{self, Counterexample};
use crate::difference;
use crate::drive::{self, Driver, Session};
use crate::error::Result;
use crate::judging::{Judge, Question};
use crate::shrink::shrink;

/// Seeded schedules are driven in processes of this many: what a submission leaks in each adds up.
const IN_ONE_PROCESS: u32 = 512;
/// Traces are judged this many at a time.
const BATCH: usize = 16;

/// What a check is driven under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Schedules {
    /// The plain schedule, then this many seeded ones, the same for everybody.
    Seeded { seed: u64, count: u32 },
    /// This one only.
    One {
        schedule: Schedule,
        seed: Option<u32>,
    },
}

/// What came of a check.
#[derive(Debug)]
pub struct Explored {
    pub outcome: Outcome,
    /// The drive that the outcome rests on: the plain one, unless another failed.
    pub trace: Trace,
    /// The schedule that fails, where it is not the plain one.
    pub counterexample: Option<Counterexample>,
}

/// The `number`th seeded schedule, from 1.
pub fn seeded(seed: u64, number: u32) -> Schedule {
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    Schedule::Seeded(seed.wrapping_mul(STEP).wrapping_add(u64::from(number)))
}

/// Who drives a check, and who judges what comes of it.
#[derive(Debug)]
pub struct Explorer<'a> {
    pub driver: &'a Driver<'a>,
    pub judge: &'a mut Judge,
    pub check: &'a str,
    /// The folder that has one in it for each of its processes.
    pub drives: &'a Path,
    /// The one that its processes keep to.
    pub processor: Option<u32>,
    /// How many processes were started.
    pub processes: u32,
}

impl<'a> Explorer<'a> {
    /// Drives the check under these schedules, and judges it.
    ///
    /// # Errors
    /// When the driver cannot do its work; what the submission does is in the answer.
    pub fn explore(&mut self, schedules: &Schedules) -> Result<Explored> {
        match schedules {
            Schedules::Seeded { seed, count } => self.explore_seeded(*seed, *count),
            Schedules::One { schedule, seed } => self.explore_one(schedule, *seed),
        }
    }

    fn explore_one(&mut self, schedule: &Schedule, seed: Option<u32>) -> Result<Explored> {
        let trace = self.drive_once(schedule, false)?;
        let outcome = self.judge.judge(&trace);
        if let Some(difference) = self.differs(&trace)? {
            return Ok(nondeterministic(trace, &difference));
        }
        let told = (!schedule.is_plain()).then(|| Counterexample::of(&trace, seed));
        Ok(Explored {
            outcome,
            trace,
            counterexample: told,
        })
    }

    fn explore_seeded(&mut self, seed: u64, count: u32) -> Result<Explored> {
        let mut session = self.start()?;
        let numbers = 1..count.min(IN_ONE_PROCESS) + 1;
        session.order([Schedule::Plain], false)?;
        session.order(numbers.clone().map(|n| seeded(seed, n)), false)?;
        let plain = session.next()?;
        if !session.goes_on() {
            session = self.start()?;
            session.order(numbers.clone().map(|n| seeded(seed, n)), false)?;
        }
        let outcome = self.judge.judge(&plain);
        if !outcome.passes() {
            drop(session);
            return match self.differs(&plain)? {
                Some(difference) => Ok(nondeterministic(plain, &difference)),
                None => Ok(on_plain(outcome, plain)),
            };
        }
        let mut seen = HashSet::new();
        if let Some(found) = self.first_failing(&mut session, seed, numbers.clone(), &mut seen)? {
            return Ok(found);
        }
        session.order([Schedule::Plain], true)?;
        let again = session.next()?;
        if session.close().is_none() {
            return Ok(self.says_too_much(plain));
        }
        if let Some(found) = self.rests_on_the_machine(&plain, &again)? {
            return Ok(found);
        }
        let mut next = numbers.end;
        while next <= count {
            let some = next..(count + 1).min(next + IN_ONE_PROCESS);
            next = some.end;
            let mut session = self.start()?;
            session.order(some.clone().map(|n| seeded(seed, n)), false)?;
            if let Some(found) = self.first_failing(&mut session, seed, some, &mut seen)? {
                return Ok(found);
            }
            if session.close().is_none() {
                return Ok(self.says_too_much(plain));
            }
        }
        Ok(on_plain(outcome, plain))
    }

    /// The first of the ordered schedules that fails, here and in a fresh process.
    fn first_failing(
        &mut self,
        session: &mut Session<'a>,
        seed: u64,
        numbers: Range<u32>,
        seen: &mut HashSet<[u8; 32]>,
    ) -> Result<Option<Explored>> {
        let mut next = numbers.start;
        while next < numbers.end {
            let (mut of, mut questions) = (Vec::new(), Vec::new());
            while next < numbers.end && questions.len() < BATCH && session.goes_on() {
                let trace = session.next()?;
                let question = match Question::of(&trace) {
                    Ok(question) => question,
                    Err(doubt) => return Ok(Some(on_plain(doubt, trace))),
                };
                // A trace that came before needs no second answer.
                if seen.insert(question.digest()) {
                    of.push(next);
                    questions.push(question);
                }
                next += 1;
            }
            if let Some((at, outcome)) = self.judge.first_not_passed(self.check, &questions) {
                // What follows was not judged.
                for question in &questions[at..] {
                    seen.remove(&question.digest());
                }
                if let Some(found) = self.confirmed(seed, of[at], &outcome)? {
                    return Ok(Some(found));
                }
                // One drive takes up where another stopped: from here on each has a process of its own.
                let rest = of[at] + 1..numbers.end;
                let found = self.first_failing_alone(seed, rest, seen)?;
                *session = self.start()?;
                return Ok(found);
            } else if session.goes_on() {
                continue;
            }
            *session = self.start()?;
            session.order((next..numbers.end).map(|n| seeded(seed, n)), false)?;
        }
        Ok(None)
    }

    /// The first of these schedules that fails in a process of its own.
    fn first_failing_alone(
        &mut self,
        seed: u64,
        numbers: Range<u32>,
        seen: &mut HashSet<[u8; 32]>,
    ) -> Result<Option<Explored>> {
        for number in numbers {
            let trace = self.drive_once(&seeded(seed, number), false)?;
            let is_new = |question: Question| seen.insert(question.digest());
            if !Question::of(&trace).map_or(true, is_new) {
                continue;
            }
            let outcome = self.judge.judge(&trace);
            if !outcome.passes()
                && let Some(found) = self.confirmed(seed, number, &outcome)?
            {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Drives a failing schedule again in a fresh process, and shrinks it. None when it does not fail there.
    fn confirmed(&mut self, seed: u64, number: u32, found: &Outcome) -> Result<Option<Explored>> {
        let kind = kind(found);
        let trace = self.drive_once(&seeded(seed, number), false)?;
        let outcome = self.judge.judge(&trace);
        if outcome.passes() {
            return Ok(None);
        }
        if is_timed_out(&trace) {
            // Each smaller one that fails would take all its time, too.
            return Ok(Some(Explored {
                outcome,
                counterexample: Some(Counterexample::of(&trace, Some(number))),
                trace,
            }));
        }
        let all: Vec<_> = counterexample::choices(&trace.events).iter().collect();
        let plain = counterexample::plain_draws(&trace.events);
        let mut told = (outcome, trace);
        for keeps_process in [true, false] {
            let mut process = None;
            let shrunk = shrink(all.clone(), &plain, |choices| {
                self.fails(choices, kind.as_deref(), &mut process, keeps_process)
            })?;
            let trace = self.drive_once(&exact(shrunk), false)?;
            let outcome = self.judge.judge(&trace);
            if !outcome.passes() && self::kind(&outcome) == kind {
                told = (outcome, trace);
                break;
            }
        }
        let (outcome, trace) = told;
        if let Some(difference) = self.differs(&trace)? {
            return Ok(Some(nondeterministic(trace, &difference)));
        }
        Ok(Some(Explored {
            outcome,
            counterexample: Some(Counterexample::of(&trace, Some(number))),
            trace,
        }))
    }

    /// Whether exactly these choices make the check fail with a finding of this kind.
    fn fails(
        &mut self,
        choices: &[Choice],
        kind: Option<&str>,
        process: &mut Option<Session<'a>>,
        keeps_process: bool,
    ) -> Result<bool> {
        let mut session = match process.take() {
            Some(session) if keeps_process && session.goes_on() => session,
            _ => self.start()?,
        };
        session.order([exact(choices.iter().cloned())], false)?;
        let outcome = self.judge.judge(&session.next()?);
        *process = Some(session);
        Ok(!outcome.passes() && self::kind(&outcome).as_deref() == kind)
    }

    /// The plain drive, shifted, is not the one it was: the submission kept something from one drive to
    /// the next, or it reads std's clocks, or it is never twice the same.
    fn rests_on_the_machine(&mut self, plain: &Trace, again: &Trace) -> Result<Option<Explored>> {
        if difference::first(plain, again).is_none() {
            return Ok(None);
        }
        if let Some(difference) = self.differs(plain)? {
            return Ok(Some(nondeterministic(plain.clone(), &difference)));
        }
        let other = self.drive_once(&Schedule::Plain, true)?;
        let outcome = self.judge.judge(&other);
        let Some(first) = outcome.findings().first() else {
            return Ok(None);
        };
        Ok(Some(on_plain(rests_on_a_clock(first), other)))
    }

    /// What differs when the schedule of this drive is driven again in a fresh process. A drive that
    /// took all its real time is not driven again, and one whose trace is not the lab's alone is in no doubt; nor is one
    /// with a thread on the real clock, which is what its check fails with.
    fn differs(&mut self, trace: &Trace) -> Result<Option<String>> {
        let has_thread = |event: &Event| matches!(event.kind, Kind::Thread { .. });
        if is_timed_out(trace)
            || trace.events.iter().any(has_thread)
            || trace.ending == drive::says_too_much()
        {
            return Ok(None);
        }
        let again = self.drive_once(&trace.schedule, false)?;
        Ok(difference::first(trace, &again))
    }

    /// Something followed the last trace.
    fn says_too_much(&mut self, mut trace: Trace) -> Explored {
        trace.ending = drive::says_too_much();
        on_plain(self.judge.judge(&trace), trace)
    }

    fn drive_once(&mut self, schedule: &Schedule, shifted: bool) -> Result<Trace> {
        let mut session = self.start()?;
        session.order([schedule.clone()], shifted)?;
        let mut trace = session.next()?;
        if session.close().is_none() {
            trace.ending = drive::says_too_much();
        }
        Ok(trace)
    }

    fn start(&mut self) -> Result<Session<'a>> {
        self.processes += 1;
        let folder = drive::folder(self.drives, self.check, self.processes);
        self.driver.start(self.check, &folder, self.processor)
    }
}

fn is_timed_out(trace: &Trace) -> bool {
    matches!(trace.ending, Completion::TimedOut { .. })
}

fn exact(choices: impl IntoIterator<Item = Choice>) -> Schedule {
    Schedule::Exact(choices.into_iter().collect())
}

/// The kind of the finding that leads; none where the judge itself failed.
fn kind(outcome: &Outcome) -> Option<String> {
    outcome.findings().first().map(|first| first.kind.clone())
}

fn on_plain(outcome: Outcome, trace: Trace) -> Explored {
    Explored {
        outcome,
        trace,
        counterexample: None,
    }
}

/// The outcome where a check fails only when std's clocks start at another date, with `first`.
pub fn rests_on_a_clock(first: &Finding) -> Outcome {
    let finding = Finding {
        kind: REAL_CLOCK.to_owned(),
        message: format!("{ANOTHER_DATE}{}", first.message),
        ..first.clone()
    };
    Outcome::Judged {
        findings: vec![finding],
        advice: Vec::new(),
    }
}

/// The kind of finding that drives at two dates show.
pub const REAL_CLOCK: &str = "real-clock";
/// How the message of such a finding begins.
pub const ANOTHER_DATE: &str = "when std's clocks start at another date, the result is another: ";
/// The kind of finding that leaves a check undecided.
pub const NONDETERMINISTIC: &str = "nondeterministic";

fn nondeterministic(trace: Trace, difference: &str) -> Explored {
    let finding = Finding {
        kind: NONDETERMINISTIC.to_owned(),
        message: format!("two drives of one schedule differ: {difference}"),
        at: None,
        virtual_ms: None,
        expected: None,
        got: None,
    };
    let outcome = Outcome::Judged {
        findings: vec![finding],
        advice: Vec::new(),
    };
    on_plain(outcome, trace)
}
