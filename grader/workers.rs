//! The workers that explore the checks of a submission beside each other, each with a judge and a processor of its own.

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use trace::finding::CheckInfo;

use crate::drive::Driver;
use crate::error::Result;
use crate::explore::{Explored, Explorer, Schedules};
use crate::judging::Judge;
use crate::prebuild::Prebuilt;
use crate::processors;

/// A judge for each core, since each is asked by one thread.
///
/// # Errors
/// When its program cannot be started.
pub fn judges(prebuilt: &Prebuilt, checks: usize) -> Result<Vec<Judge>> {
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let program = prebuilt.judge();
    (0..cores.min(checks))
        .map(|_| Judge::start(&program))
        .collect()
}

/// Explores and decides every check, one worker for each of `judges`; the answers are in the order of the checks.
///
/// # Panics
/// When `schedules` or `decided` does.
pub fn explore_all<T: Send + Sync>(
    driver: &Driver<'_>,
    judges: Vec<Judge>,
    checks: &[CheckInfo],
    schedules: impl Fn(&CheckInfo) -> Schedules + Sync,
    decided: impl Fn(&CheckInfo, Result<Explored>) -> T + Sync,
    drives: &Path,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let answers: Vec<OnceLock<T>> = checks.iter().map(|_| OnceLock::new()).collect();
    thread::scope(|scope| {
        for (worker, mut judge) in judges.into_iter().enumerate() {
            let processor = processors::of_worker(worker);
            let (next, answers, schedules, decided) = (&next, &answers, &schedules, &decided);
            scope.spawn(move || {
                while let Some(at) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < checks.len())
                {
                    let mut explorer = Explorer {
                        driver,
                        judge: &mut judge,
                        check: &checks[at].name,
                        drives,
                        processor,
                        processes: 0,
                    };
                    let explored = explorer.explore(&schedules(&checks[at]));
                    let _ = answers[at].set(decided(&checks[at], explored));
                }
            });
        }
    });
    let explored = answers.into_iter().map(OnceLock::into_inner);
    explored
        .map(|answer| answer.expect("every check was explored"))
        .collect()
}
