//! Tasks: real tokio's, each recorded, and blocking jobs in lock-step.

mod join_set;
mod local;

use std::future::Future;
use std::panic::Location;

pub use join_set::JoinSet;
pub use local::{LocalSet, spawn_local};
pub use real::task::{
    AbortHandle, Id, JoinError, JoinHandle, LocalEnterGuard, LocalKey, Unconstrained,
    consume_budget, coop, futures, id, try_id, unconstrained, yield_now,
};

/// Spawns a task.
#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let task = lab::task::spawned_at(future, Location::caller());
    lab::task::spawning(|| real::spawn(task))
}

/// Runs a blocking job in the middle of a task, whose runtime hands its other tasks to another worker.
///
/// # Panics
/// In a current-thread runtime, as the drive's own; and in the tasks of a runtime that the submission built:
/// all its workers are one.
#[track_caller]
pub fn block_in_place<F, R>(f: F) -> R
where
    F: FnOnce() -> R,
{
    assert!(
        !lab::runtime::is_on_worker(),
        "the grader steps a runtime's workers as one, and `block_in_place` has no other to hand the tasks to: \
         use `spawn_blocking`"
    );
    real::task::block_in_place(f)
}

/// Runs a blocking job beside the runtime, in lock-step with it.
#[track_caller]
pub fn spawn_blocking<F, R>(job: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    lab::blocking::spawn(job, Location::caller())
}
