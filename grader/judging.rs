//! Asks an exercise's judge: traces go in, judgements come out.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use trace::Trace;
use trace::finding::{Judgement, Outcome};
use trace::frame;

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
        let question = match Question::of(trace) {
            Ok(question) => question,
            Err(doubt) => return doubt,
        };
        match self.ask(&question) {
            Ok(()) => self.answer(&trace.check),
            Err(doubt) => doubt,
        }
    }

    /// Judges traces of `check`, in their order, until one does not pass: which, and what was said of it. Several
    /// questions are under way at a time.
    pub fn first_not_passed(
        &mut self,
        check: &str,
        questions: &[Question],
    ) -> Option<(usize, Outcome)> {
        let mut asked = VecDeque::new();
        let mut found = None;
        let mut waiting = 0;
        for (number, question) in questions.iter().enumerate() {
            let bytes = question.0.len();
            while !asked.is_empty() && waiting + bytes > UNDER_WAY && found.is_none() {
                found = self.oldest_answer(&mut asked, &mut waiting, check);
            }
            if found.is_some() {
                break;
            }
            if let Err(doubt) = self.ask(question) {
                found = found.or(Some((number, doubt)));
                break;
            }
            asked.push_back((number, bytes));
            waiting += bytes;
        }
        while !asked.is_empty() {
            let answer = self.oldest_answer(&mut asked, &mut waiting, check);
            found = found.or(answer);
        }
        found
    }

    /// The answer to the question that was asked first, if it is no pass.
    fn oldest_answer(
        &mut self,
        asked: &mut VecDeque<(usize, usize)>,
        waiting: &mut usize,
        check: &str,
    ) -> Option<(usize, Outcome)> {
        let (number, bytes) = asked.pop_front()?;
        *waiting -= bytes;
        let outcome = self.answer(check);
        (!outcome.passes()).then_some((number, outcome))
    }

    fn ask(&mut self, question: &Question) -> Result<(), Outcome> {
        self.ask
            .write_all(&question.0)
            .and_then(|()| self.ask.flush())
            .map_err(|error| doubt(format!("its judge went away: {error}")))
    }

    fn answer(&mut self, check: &str) -> Outcome {
        let mut line = String::new();
        match self.answers.read_line(&mut line) {
            Ok(0) | Err(_) => doubt("its judge went away".to_owned()),
            Ok(_) => match serde_json::from_str::<Judgement>(&line) {
                Ok(judgement) if judgement.check == check => judgement.outcome,
                _ => doubt("its judge answered something else".to_owned()),
            },
        }
    }
}

/// How many bytes of questions may wait for an answer: what fits into a pipe, so that asking never
/// waits for a judge that waits for its answer to be read.
const UNDER_WAY: usize = 48 << 10;

/// A trace as a judge is asked for it.
#[derive(Debug)]
pub struct Question(Vec<u8>);

impl Question {
    /// # Errors
    /// What is to be answered instead, where the trace is too long to be asked for.
    pub fn of(trace: &Trace) -> Result<Self, Outcome> {
        frame::question(trace)
            .map(Self)
            .map_err(|error| doubt(format!("its trace cannot be judged: {error}")))
    }

    /// Nobody finds two questions with one digest.
    pub fn digest(&self) -> [u8; 32] {
        *blake3::hash(&self.0).as_bytes()
    }
}

fn doubt(error: String) -> Outcome {
    Outcome::Failed { error }
}
