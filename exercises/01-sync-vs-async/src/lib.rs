//! Waiting in turn, waiting together, and what gains nothing from either.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::time::Duration;

/// What a job spends its time on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It waits, and leaves the thread to others meanwhile.
    IoBound,
    /// It keeps the thread from its beginning to its end.
    CpuBound,
}

/// Runs the tasks one after another. Each prints `NAME starting`, waits, and prints `NAME done`.
pub async fn in_turn(tasks: &[(&str, Duration)]) {
    todo!("in_turn")
}

/// Runs the tasks at the same time.
pub async fn together(tasks: &[(&str, Duration)]) {
    todo!("together")
}

/// Runs the tasks at the same time too, but each of them waits with `std::thread::sleep`.
pub async fn blocking_together(tasks: &[(&str, Duration)]) {
    todo!("blocking_together")
}

/// How long `times` runs of `job` take one after another, and how long they take at the same time.
pub async fn compare(times: u32, job: impl AsyncFn()) -> (Duration, Duration) {
    todo!("compare")
}

/// Whether runs of `job` gain anything from being run at the same time.
pub async fn kind_of(job: impl AsyncFn()) -> Kind {
    todo!("kind_of")
}
