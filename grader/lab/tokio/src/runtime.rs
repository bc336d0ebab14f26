//! Handles to the drive's runtime. A runtime of the submission's own would be one that the lab does
//! not step: `Runtime` and `Builder` are withheld.

use std::future::Future;
use std::panic::Location;

pub use real::runtime::{EnterGuard, Id, RuntimeFlavor, RuntimeMetrics, TryCurrentError};
use real::task::JoinHandle;

/// tokio's `Handle`, whose tasks and jobs are recorded.
#[derive(Debug, Clone)]
pub struct Handle(real::runtime::Handle);

impl Handle {
    /// The runtime that this code runs in.
    ///
    /// # Panics
    /// Outside a runtime.
    #[track_caller]
    pub fn current() -> Self {
        Self(real::runtime::Handle::current())
    }

    /// The runtime that this code runs in.
    ///
    /// # Errors
    /// Outside a runtime.
    pub fn try_current() -> Result<Self, TryCurrentError> {
        real::runtime::Handle::try_current().map(Self)
    }

    pub fn enter(&self) -> EnterGuard<'_> {
        self.0.enter()
    }

    #[track_caller]
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let task = lab::task::spawned_at(future, Location::caller());
        lab::task::spawning(|| self.0.spawn(task))
    }

    /// Runs a blocking job beside the runtime, in lock-step with it.
    #[track_caller]
    pub fn spawn_blocking<F, R>(&self, job: F) -> JoinHandle<R>
    where
        F: FnOnce() -> R + Send + 'static,
        R: Send + 'static,
    {
        let caller = Location::caller();
        let _entered = self.0.enter();
        lab::blocking::spawn(job, caller)
    }

    /// Runs a future to its end, on a thread that is no runtime's.
    ///
    /// # Panics
    /// Inside a runtime.
    #[track_caller]
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.0.block_on(future)
    }

    pub fn runtime_flavor(&self) -> RuntimeFlavor {
        self.0.runtime_flavor()
    }

    pub fn id(&self) -> Id {
        self.0.id()
    }

    pub fn metrics(&self) -> RuntimeMetrics {
        self.0.metrics()
    }

    pub(crate) fn real(&self) -> &real::runtime::Handle {
        &self.0
    }
}
