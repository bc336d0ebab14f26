//! Jobs in line for a thread of their runtime, which has so many at a time.

use std::sync::Arc;

use tokio::task::AbortHandle;

use super::held;
use super::job::{self, Job, State};
use crate::recorder::inside;
use crate::runtime::Pool;

/// A job of this runtime is over: its thread is for the one that has waited longest, if somebody still
/// wants that.
pub fn pass_on(pool: &Arc<Pool>) {
    while let Some(job) = queued(pool) {
        if job.is_aborted() {
            job.is_dropped();
        } else {
            return job.has_a_thread(pool);
        }
    }
    pool.has_room();
}

/// This runtime ends: what waits for a thread of it never runs.
pub fn drop_queued(pool: &Arc<Pool>) {
    inside(|| {
        while let Some(job) = queued(pool) {
            if let Some(answers) = &*held(&job.answers) {
                answers.abort();
            }
            job.is_dropped();
        }
    });
}

/// The job that has waited longest for a thread of this runtime.
fn queued(pool: &Arc<Pool>) -> Option<Arc<Job>> {
    let jobs = job::all();
    let mut theirs = jobs
        .iter()
        .filter(|job| job.pool.as_ref().is_some_and(|own| Arc::ptr_eq(own, pool)));
    theirs
        .find(|job| matches!(*held(&job.state), State::Queued(_)))
        .cloned()
}

impl Job {
    /// Whether its handle was aborted before it had a thread.
    fn is_aborted(&self) -> bool {
        held(&self.answers)
            .as_ref()
            .is_some_and(AbortHandle::is_finished)
    }

    /// It leaves the queue for a thread.
    fn has_a_thread(&self, pool: &Pool) {
        pool.begins();
        let mut state = held(&self.state);
        *state = match std::mem::replace(&mut *state, State::Done) {
            State::Queued(main) => State::New(main),
            other => other,
        };
        drop(state);
        self.woken.notify_one();
    }

    /// It leaves the queue for good.
    fn is_dropped(self: &Arc<Self>) {
        job::all().retain(|other| !Arc::ptr_eq(other, self));
        let main = std::mem::replace(&mut *held(&self.state), State::Done);
        self.woken.notify_one();
        drop(main);
    }
}
