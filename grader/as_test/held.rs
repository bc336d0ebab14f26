//! Whom a schedule holds back, as a test on plain tokio can do it too: tasks that the driver spawns, and the driver.

use std::collections::BTreeMap;

use trace::schedule::Choice;
use trace::{Kind, Owner, Trace};

use crate::counterexample::{self, Counterexample};

/// A task of the driver's, by the order of their spawning from 1; 0 is the driver itself.
pub type DriversTask = u32;
/// Before which of its polls a task lets others go first, and for how many turns.
pub type Held = (DriversTask, u32, u8);

/// Ways of a driver to spawn tasks that the test's lab does not count.
const SPAWNS_ITSELF: [&str; 3] = ["tokio::spawn", "task::spawn", "JoinSet"];

/// Everybody whom the drive's schedule held back. `driver` is the driver's source.
///
/// # Errors
/// When there is a task that only the grader's tokio can hold back.
pub fn held(trace: &Trace, driver: &str) -> Result<Vec<Held>, String> {
    let tasks = drivers_tasks(trace);
    let counts_all = !SPAWNS_ITSELF.iter().any(|way| driver.contains(way));
    let mut held = Vec::new();
    for choice in counterexample::choices(&trace.events).iter() {
        let Choice::HeldBack { at, turns } = choice else {
            continue;
        };
        match tasks.get(&at.task) {
            _ if at.task == 0 => held.push((0, at.poll, turns)),
            Some(number) if counts_all => held.push((*number, at.poll, turns)),
            _ => {
                let told = Counterexample::of(trace, None).told.join(", and ");
                return Err(format!(
                    "it takes another order than first in, first out ({told})"
                ));
            }
        }
    }
    Ok(held)
}

/// The driver's own tasks, by their numbers in the trace.
fn drivers_tasks(trace: &Trace) -> BTreeMap<u32, DriversTask> {
    let spawned = trace.events.iter().filter_map(|event| match &event.kind {
        Kind::Spawned {
            task,
            owner: Owner::Driver,
            ..
        } => Some(*task),
        _ => None,
    });
    spawned.zip(1..).collect()
}
