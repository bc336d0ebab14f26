//! Where a drive went round that took all its time: the submission is compiled once more, with its steps counted,
//! and driven again under the same schedule. That ends after so many steps, and not after so much time, so it is
//! the same wherever it is done. It is told in the check's finding, and changes no verdict.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use trace::{Completion, Event, Halt, Kind, Trace};

use crate::compile::Compiler;
use crate::counterexample::Counterexample;
use crate::drive::Driver;
use crate::error::Result;
use crate::explore::Explored;
use crate::judging::Judge;

/// The processor time of a drive whose steps are counted; the steps that end it take a second at most, unless each
/// waits for much that is not the submission's own.
const LIMIT: Duration = Duration::from_secs(20);

/// Counts the steps of one submission, which is compiled for that when it is first wanted.
#[derive(Debug)]
pub struct Steps<'a> {
    pub compiler: Compiler<'a>,
    /// Where it was compiled.
    pub build: &'a Path,
    /// What it was driven with.
    pub driver: &'a Driver<'a>,
    /// The folder that has one in it for each driver's process.
    pub drives: &'a Path,
    library: OnceLock<Option<PathBuf>>,
}

impl<'a> Steps<'a> {
    pub fn new(
        compiler: Compiler<'a>,
        build: &'a Path,
        driver: &'a Driver<'a>,
        drives: &'a Path,
    ) -> Self {
        Self {
            compiler,
            build,
            driver,
            drives,
            library: OnceLock::new(),
        }
    }

    /// What came of a check, with what counting says of a drive that took all its time; as it was where that says
    /// nothing.
    pub fn told(&self, explored: Explored) -> Explored {
        if !matches!(explored.trace.ending, Completion::TimedOut { .. }) {
            return explored;
        }
        let Ok(Some(trace)) = self.counted(&explored.trace) else {
            return explored;
        };
        let Ok(mut judge) = Judge::start(&self.driver.reach.prebuilt.judge()) else {
            return explored;
        };
        let outcome = judge.judge(&trace);
        if outcome.findings().is_empty() {
            return explored;
        }
        let again = |found: Counterexample| Counterexample::of(&trace, found.seed);
        Explored {
            outcome,
            counterexample: explored.counterexample.map(again),
            trace,
        }
    }

    /// The drive that took all its time, with all of its events and where it goes round; none where that is not found.
    fn counted(&self, timed_out: &Trace) -> Result<Option<Trace>> {
        let library = self.library.get_or_init(|| {
            let compiled = self.compiler.with_steps(self.build);
            compiled.ok().flatten()
        });
        let Some(library) = library else {
            return Ok(None);
        };
        let driver = Driver {
            adapter: library,
            limit: LIMIT,
            launched: Mutex::default(),
            ..*self.driver
        };
        let folder = self.drives.join(format!("{}-steps", timed_out.check));
        let mut session = driver.start(&timed_out.check, &folder, None)?;
        session.order([timed_out.schedule.clone()], false)?;
        let counted = session.next()?;
        let goes_round = |event: &Event| {
            matches!(
                event.kind,
                Kind::Halted {
                    why: Halt::GoesRound { .. }
                }
            )
        };
        Ok(counted
            .events
            .last()
            .is_some_and(goes_round)
            .then(|| Trace {
                events: counted.events,
                ..timed_out.clone()
            }))
    }
}
