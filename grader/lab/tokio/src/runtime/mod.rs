//! Runtimes: the drive's own, and those that a submission builds, each of which the lab steps.

mod builder;
mod handle;
mod own;

pub use builder::Builder;
pub use handle::Handle;
pub use own::Runtime;
pub use real::runtime::{
    EnterGuard, Id, RuntimeFlavor, RuntimeMetrics, TryCurrentError, is_rt_shutdown_err,
};
