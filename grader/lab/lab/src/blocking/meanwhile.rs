//! What goes on while the executor itself waits for a lock or channel: jobs have their turns.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use trace::Place;

use super::job::{self, Due, Job};
use crate::recorder::{enter_task, inside};
use crate::supervise;

/// The executor waits, for at most `limit` of virtual time: jobs have their turns, and `advance` moves the
/// clock to the next of them, until `is_over`. False when no job can make it so in time.
pub fn meanwhile(
    limit: Option<Duration>,
    advance: impl Fn(Duration),
    is_over: impl Fn() -> bool,
) -> bool {
    let until = limit.map_or_else(supervise::limit, |limit| Instant::now() + limit);
    while !is_over() {
        let Some((due, job)) = next_job().filter(|(due, _)| *due <= until) else {
            return false;
        };
        let wait = due.saturating_duration_since(Instant::now());
        if !wait.is_zero() {
            // tokio's timers fire at whole milliseconds, not before they are due.
            advance(Duration::from_millis(
                u64::try_from(wait.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX),
            ));
        }
        let before = enter_task(job.task());
        if supervise::count_poll(job.task()) {
            supervise::livelock(Place::Unknown);
        }
        job.turn();
        enter_task(before);
    }
    true
}

/// The job whose turn comes first of those that have one to come, and when.
fn next_job() -> Option<(Instant, Arc<Job>)> {
    let due = |job: &Arc<Job>| match job.due() {
        Due::Now | Due::Yielding => Some(Instant::now()),
        Due::Asleep(until) | Due::Woken(Some(until)) => Some(until),
        Due::Woken(None) | Due::Never => None,
    };
    inside(|| {
        job::all()
            .iter()
            .filter_map(|job| Some((due(job)?, job.clone())))
            .min_by_key(|(due, _)| *due)
    })
}
