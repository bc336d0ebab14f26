//! A scene: one call with some jobs, and what became of each.

use judge::{CallSpan, Closing, Run, ms};

/// What comes of a job.
pub type Outcome = Result<u32, String>;

pub struct Scene {
    pub name: String,
    pub began_ms: u64,
    pub returned_ms: u64,
    pub jobs: Vec<Job>,
}

pub struct Job {
    /// From 1.
    pub number: usize,
    /// In virtual milliseconds.
    pub takes_ms: u64,
    pub outcome: Outcome,
    /// None where nobody polled it.
    pub call: Option<CallSpan>,
}

impl Scene {
    /// The scene that the driver noted under this name, and `NAME returned` at its end.
    pub fn of(run: &Run, name: &str) -> Self {
        let jobs: Vec<(u64, Outcome)> = run.notes(name).value();
        let calls = run.calls(&format!("{name} job"));
        let call = |number: usize| calls.iter().find(|call| call.label == number.to_string());
        let jobs = jobs.into_iter().zip(1..);
        Self {
            name: name.to_owned(),
            began_ms: run.notes(name).times()[0],
            returned_ms: run.notes(&format!("{name} returned")).times()[0],
            jobs: jobs
                .map(|((takes_ms, outcome), number)| Job {
                    number,
                    takes_ms,
                    outcome,
                    call: call(number).cloned(),
                })
                .collect(),
        }
    }

    /// Who fails first, if anybody does.
    pub fn first_failure(&self) -> Option<&Job> {
        let failing = self.jobs.iter().filter(|job| job.outcome.is_err());
        failing.min_by_key(|job| job.takes_ms)
    }

    /// When the last job is over if all run at once, in virtual milliseconds since the scene began.
    pub fn longest_ms(&self) -> u64 {
        let takes = self.jobs.iter().map(|job| job.takes_ms);
        takes.max().unwrap_or_default()
    }

    pub fn took_ms(&self) -> u64 {
        self.returned_ms - self.began_ms
    }

    /// All outcomes, if nobody stops anybody.
    pub fn outcomes(&self) -> Vec<Outcome> {
        self.jobs.iter().map(|job| job.outcome.clone()).collect()
    }
}

impl Job {
    /// What became of it, in words, with virtual times since its scene began.
    pub fn became(&self, scene: &Scene) -> String {
        let Some(call) = &self.call else {
            return "never begun".to_owned();
        };
        let since = |at_ms: u64| ms(at_ms - scene.began_ms);
        match call.closed {
            Some((at_ms, Closing::Answered)) => format!("done at {}", since(at_ms)),
            Some((at_ms, Closing::Failed)) => format!("failed at {}", since(at_ms)),
            Some((at_ms, Closing::Dropped)) => format!("dropped at {}", since(at_ms)),
            None => "still under way at the end".to_owned(),
        }
    }
}
