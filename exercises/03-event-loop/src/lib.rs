//! The event loop: made, run, found, and shut down.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::future::Future;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// A loop runs on this thread already, and two cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlreadyRunning;

/// No loop runs here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotRunning;

/// Runs `main` to its end on a loop that is built by hand and has only this thread, and shuts it down.
///
/// # Errors
///
/// Inside a loop. `main` is not polled then.
pub fn run<T>(main: impl Future<Output = T>) -> Result<T, AlreadyRunning> {
    todo!("run")
}

/// Runs `main` to its end on the loop that `#[tokio::main]` builds, which has threads for its tasks.
///
/// # Errors
///
/// Inside a loop. `main` is not polled then.
pub fn run_threaded<T>(main: impl Future<Output = T>) -> Result<T, AlreadyRunning> {
    todo!("run_threaded")
}

/// The loop that this code runs in.
///
/// # Errors
///
/// Outside every loop.
pub fn current_loop() -> Result<Handle, NotRunning> {
    todo!("current_loop")
}

/// Starts `work` as a task of the loop that this code runs in.
///
/// # Errors
///
/// Outside every loop. `work` is not polled then.
pub fn start(
    work: impl Future<Output = u64> + Send + 'static,
) -> Result<JoinHandle<u64>, NotRunning> {
    todo!("start")
}

/// A whole program: prints `Main coroutine`, has all jobs wait at once, prints `NAME done` for each as
/// it is, and `Loop closed` when its loop is gone.
pub fn program(jobs: Vec<(String, Duration)>) {
    todo!("program")
}
