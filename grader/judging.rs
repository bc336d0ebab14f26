//! Asks an exercise's judge: traces go in, judgements come out.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use trace::Trace;
use trace::finding::{Judgement, Outcome};
use trace::frame::{self, MAX_TRACE};

use crate::error::{Error, Result};
use crate::process::Running;

/// Judging every check of one submission.
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
    pub fn start(program: &Path) -> Result<Self> {
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
        let failed = |error: String| Outcome::Failed { error };
        let limit = usize::try_from(MAX_TRACE).unwrap_or(usize::MAX);
        if let Err(error) =
            frame::write_within(&mut self.ask, trace, limit).and_then(|()| Ok(self.ask.flush()?))
        {
            return failed(format!("its judge went away: {error}"));
        }
        let mut line = String::new();
        match self.answers.read_line(&mut line) {
            Ok(0) | Err(_) => failed("its judge went away".to_owned()),
            Ok(_) => match serde_json::from_str::<Judgement>(&line) {
                Ok(judgement) if judgement.check == trace.check => judgement.outcome,
                _ => failed("its judge answered something else".to_owned()),
            },
        }
    }
}
