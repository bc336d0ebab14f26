//! Tasks: real tokio's, each recorded, and blocking jobs in lock-step.

mod join_set;
mod local;

use std::future::Future;
use std::panic::Location;

pub use join_set::JoinSet;
pub use local::{LocalSet, spawn_local};
pub use real::task::{
    AbortHandle, Id, JoinError, JoinHandle, LocalEnterGuard, LocalKey, Unconstrained,
    block_in_place, consume_budget, coop, futures, id, try_id, unconstrained, yield_now,
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

/// Runs a blocking job beside the runtime, in lock-step with it.
#[track_caller]
pub fn spawn_blocking<F, R>(job: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    lab::blocking::spawn(job, Location::caller())
}
