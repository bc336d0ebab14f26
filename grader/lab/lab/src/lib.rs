//! The lab: what a driver runs in.
//!
//! A drive is one call of a driver's function on a fresh thread, under a paused, seeded
//! `current_thread` runtime. Everything the submission does is written to the trace in virtual
//! milliseconds. Three groups of modules:
//!
//! - for drivers: [`Lab`], [`service`], [`disk`], [`contract`];
//! - for the `tokio` facade: [`task`], [`blocking`], [`runtime`], [`swallowed`], [`disk`], [`made`];
//! - the machinery: `recorder` (the one state of a drive), `schedule`, `supervise` (ends it),
//!   `interpose` (what libc is asked for), `serve` (the driver's `main`).
//!
//! A submission cannot name this crate: it is no `--extern` of its compilation.

pub mod blocking;
mod cancel;
pub mod contract;
pub mod disk;
mod drive;
mod foreign;
mod handle;
mod heap;
mod interpose;
mod leaf;
mod left;
mod load;
mod lockdown;
pub mod made;
mod place;
mod recorder;
pub mod runtime;
mod schedule;
mod serve;
pub mod service;
mod signal_stack;
mod stuck;
mod supervise;
mod suspended;
pub mod swallowed;
pub mod task;
mod turns;

pub use cancel::Cancel;
pub use drive::{Drive, Schedules};
pub use handle::Lab;
pub use inventory;
pub use lab_macros::{contract, drive};
pub use serde;
pub use serve::serve;

/// Ends a driver: `driver!(contract)` is its `main`, over the crate its contract became.
#[macro_export]
macro_rules! driver {
    ($contract:path) => {
        fn main() -> ::std::process::ExitCode {
            use $contract as contract;
            $crate::serve::<contract::__table::Api>(contract::load)
        }
    };
}
