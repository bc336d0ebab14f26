//! The vocabulary of judges: what must be true of a trace, in words that read as the requirement.
//!
//! A judge is a pure function from a [`Run`] to [`Findings`]; no findings is a pass. Two rules hold
//! for every word here. *Settled*: order within one virtual millisecond is never judged, and what
//! must be in use is looked at when the clock is about to move; only "at most" holds at every
//! instant. *Once*: what ends a run fails its check before its judge is asked ([`fatal`]).

mod blocked;
mod calls;
mod cancellations;
mod deadlock;
mod fatal;
mod findings;
mod heap;
mod notes;
mod run;
mod serve;
mod swallowed;
mod tasks;
mod text;
mod unawaited;

pub use calls::{CallSpan, Calls, Settled};
pub use cancellations::Cancellation;
pub use findings::Findings;
pub use inventory;
pub use lab_macros::judge;
pub use notes::{AtMost, Note, Notes};
pub use run::Run;
pub use serve::{Judge, serve};
pub use text::{bytes, count, cut, ms, nth, thousands};
pub use trace::finding::{At, Finding};
pub use trace::{Closing, Ending, Event, Kind, Owner, Place, Stream};

/// Ends a judge: this is its `main`.
#[macro_export]
macro_rules! judges {
    () => {
        fn main() -> ::std::process::ExitCode {
            $crate::serve()
        }
    };
}
