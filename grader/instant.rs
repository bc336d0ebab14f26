//! Looks at a drive at one instant: drives the check once more, stops there, and has the lab ask every task
//! what it waits for and who holds it.

use std::path::Path;

use trace::frame::Stop;
use trace::schedule::Schedule;
use trace::{Halt, Hold, Kind, Stuck, Trace};

use crate::drive::Driver;
use crate::error::Result;

/// How many more drives may find out who holds what: where tasks wait for each other in a circle, which of them
/// is dropped first makes a difference.
const MOST_DRIVES: usize = 20;

/// Drives `check` to `at_ms`, in folders below `drives`; answers the trace up to there, which ends with
/// [`Halt::Asked`] unless the drive was over before.
///
/// # Errors
/// When the driver cannot do its work.
pub fn look(
    driver: &Driver<'_>,
    check: &str,
    schedule: &Schedule,
    at_ms: u64,
    drives: &Path,
) -> Result<Trace> {
    let mut looks = 0;
    let mut stopped = |first| {
        looks += 1;
        let folder = drives.join(format!("{check}-look-{looks}"));
        let mut session = driver.start(check, &folder, None)?;
        session.order_stop(schedule.clone(), Stop { at_ms, first })?;
        session.next()
    };
    let mut trace = stopped(None)?;
    let Some((waiting, mut holds)) = asked(&trace) else {
        return Ok(trace);
    };
    let mut others = waiting.iter().filter(|stuck| stuck.on.is_held());
    let mut drives = 0;
    while drives < MOST_DRIVES && any_unheld(&waiting, &holds) {
        let Some(first) = others.next() else {
            break;
        };
        drives += 1;
        if let Some((_, more)) = asked(&stopped(Some(first.task))?) {
            let of_first = more.into_iter().filter(|hold| hold.holder == first.task);
            holds.extend(of_first);
            holds.sort_unstable();
            holds.dedup();
        }
    }
    if let Some(Kind::Halted {
        why: Halt::Asked { holds: told, .. },
    }) = trace.events.last_mut().map(|event| &mut event.kind)
    {
        *told = holds;
    }
    Ok(trace)
}

/// What the lab was told.
fn asked(trace: &Trace) -> Option<(Vec<Stuck>, Vec<Hold>)> {
    match &trace.events.last()?.kind {
        Kind::Halted {
            why: Halt::Asked { waiting, holds },
        } => Some((waiting.clone(), holds.clone())),
        _ => None,
    }
}

/// Whether somebody waits for what nobody is known to hold.
fn any_unheld(waiting: &[Stuck], holds: &[Hold]) -> bool {
    let is_unheld = |stuck: &Stuck| {
        stuck.on.is_held() && !stuck.ready && holds.iter().all(|hold| hold.waiter != stuck.task)
    };
    waiting.iter().any(is_unheld)
}
