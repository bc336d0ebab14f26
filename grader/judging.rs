//! Asks an exercise's judge: traces go in, judgements come out.

use std::collections::VecDeque;
use std::fmt::Display;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use trace::Trace;
use trace::finding::{Judgement, Outcome};
use trace::frame::{self, FrameError, MAX_TRACE};

use crate::error::Error;
use crate::process::Running;

/// Judging its share of one submission's checks.
const LIMIT: Duration = Duration::from_secs(300);

/// A running judge. It sees traces and nothing else of the submission.
#[derive(Debug)]
pub struct Judge {
    _running: Running,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Judge {
    /// Starts the judge of an exercise.
    ///
    /// # Errors
    /// When its program cannot be started.
    pub fn start(program: &Path) -> Result<Self, Error> {
        let mut command = Command::new(program);
        command
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut running = Running::start(&mut command, LIMIT)
            .map_err(|e| Error::grader(format!("the judge cannot be started: {e}")))?;
        let ask = running.child().stdin.take().expect("it was asked for");
        let answers = BufReader::new(running.child().stdout.take().expect("it was asked for"));
        Ok(Self {
            _running: running,
            ask,
            answers,
        })
    }

    /// Judges one trace. A judge that goes away is an answer too: the grader is in doubt.
    pub fn judge(&mut self, trace: &Trace) -> Outcome {
        match self.ask(&framed(trace)) {
            Ok(()) => self.answer(trace),
            Err(doubt) => doubt,
        }
    }

    /// Judges traces, in their order, until one does not pass: which, and what was said of it. Several
    /// questions are under way at a time.
    pub fn first_not_passed(&mut self, traces: &[Trace]) -> Option<(usize, Outcome)> {
        let mut asked = VecDeque::new();
        let mut found = None;
        let mut waiting = 0;
        for (number, trace) in traces.iter().enumerate() {
            let question = framed(trace);
            let bytes = question.as_ref().map_or(0, Vec::len);
            while !asked.is_empty() && waiting + bytes > UNDER_WAY && found.is_none() {
                found = self.oldest_answer(&mut asked, &mut waiting, traces);
            }
            if found.is_some() {
                break;
            }
            if let Err(doubt) = self.ask(&question) {
                found = found.or(Some((number, doubt)));
                break;
            }
            asked.push_back((number, bytes));
            waiting += bytes;
        }
        while !asked.is_empty() {
            let answer = self.oldest_answer(&mut asked, &mut waiting, traces);
            found = found.or(answer);
        }
        found
    }

    /// The answer to the question that was asked first, if it is no pass.
    fn oldest_answer(
        &mut self,
        asked: &mut VecDeque<(usize, usize)>,
        waiting: &mut usize,
        traces: &[Trace],
    ) -> Option<(usize, Outcome)> {
        let (number, bytes) = asked.pop_front()?;
        *waiting -= bytes;
        let outcome = self.answer(&traces[number]);
        (!outcome.passes()).then_some((number, outcome))
    }

    fn ask(&mut self, question: &Result<Vec<u8>, FrameError>) -> Result<(), Outcome> {
        let gone = |error: &dyn Display| doubt(format!("its judge went away: {error}"));
        let question = question.as_ref().map_err(|error| gone(error))?;
        self.ask
            .write_all(question)
            .and_then(|()| self.ask.flush())
            .map_err(|error| gone(&error))
    }

    fn answer(&mut self, trace: &Trace) -> Outcome {
        let mut line = String::new();
        match self.answers.read_line(&mut line) {
            Ok(0) | Err(_) => doubt("its judge went away".to_owned()),
            Ok(_) => match serde_json::from_str::<Judgement>(&line) {
                Ok(judgement) if judgement.check == trace.check => judgement.outcome,
                _ => doubt("its judge answered something else".to_owned()),
            },
        }
    }
}

/// How many bytes of questions may wait for an answer: what fits into a pipe, so that asking never
/// waits for a judge that waits for its answer to be read.
const UNDER_WAY: usize = 48 << 10;

fn framed(trace: &Trace) -> Result<Vec<u8>, FrameError> {
    let limit = usize::try_from(MAX_TRACE).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    frame::write_within(&mut bytes, trace, limit)?;
    Ok(bytes)
}

fn doubt(error: String) -> Outcome {
    Outcome::Failed { error }
}
