//! Pieces of the drives: the two ways to run a loop, and work for it.

use std::cell::Cell;
use std::convert::Infallible;

use contract::{run, run_threaded};
use lab::Lab;

/// The two functions that run a loop.
#[derive(Debug, Clone, Copy)]
pub enum Runner {
    ByHand,
    ByMacro,
}

impl Runner {
    pub const BOTH: [Self; 2] = [Self::ByHand, Self::ByMacro];

    pub fn name(self) -> &'static str {
        match self {
            Self::ByHand => "run",
            Self::ByMacro => "run_threaded",
        }
    }

    /// Runs `main`; gives nothing where that is refused.
    pub fn run<T: Send + 'static>(self, main: impl Future<Output = T>) -> Option<T> {
        match self {
            Self::ByHand => run(main).ok(),
            Self::ByMacro => run_threaded(main).ok(),
        }
    }

    /// Has it run work, and notes what that gives.
    pub fn runs(self, lab: &Lab, work: &Work) {
        work.begins(lab, self.name());
        let got = self.run(work.done(lab));
        work.ends(lab, got);
    }

    /// Asks it to run a future, and notes whether it did, or at least looked at it.
    pub fn asks(self, lab: &Lab, place: &str) {
        let is_polled = Cell::new(false);
        let ran = self.run(async { is_polled.set(true) }).is_some();
        lab.note("told", (self.name(), place, ran, is_polled.get()));
    }
}

/// Work: its name, how long it takes in virtual milliseconds, what it gives.
#[derive(Debug, Clone)]
pub struct Work {
    pub name: String,
    pub takes_ms: u64,
    pub value: u64,
}

impl Work {
    /// Work that takes `plain_ms` under the plain schedule, and what the schedule says under others.
    pub fn new(lab: &Lab, name: &str, plain_ms: u64) -> Self {
        Self {
            name: name.to_owned(),
            takes_ms: lab.draw(&format!("{name} takes"), plain_ms, 20..=900),
            value: lab.draw(&format!("{name} gives"), 40 + plain_ms % 7, 1..=9999),
        }
    }

    /// The work itself.
    pub async fn done(&self, lab: &Lab) -> u64 {
        let answer = Ok::<_, Infallible>(self.value);
        let service = lab.service("work");
        let Ok(value) = service.call(&self.name, self.takes_ms, answer).await;
        value
    }

    /// Notes that `how` is asked for it.
    pub fn begins(&self, lab: &Lab, how: &str) {
        lab.note("asked for", (&self.name, how, self.takes_ms, self.value));
    }

    /// With what came of it; nothing where it was refused.
    pub fn ends(&self, lab: &Lab, got: Option<u64>) {
        lab.note("got", (&self.name, got));
    }
}
