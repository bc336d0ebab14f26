//! Handles to a runtime, the drive's or one of the submission's own.

use std::future::Future;
use std::panic::Location;

use real::runtime::{EnterGuard, Id, RuntimeFlavor, RuntimeMetrics, TryCurrentError};
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
        lab::runtime::block_on(&self.0, future, Location::caller())
    }

    /// The kind of runtime that was asked for.
    pub fn runtime_flavor(&self) -> RuntimeFlavor {
        lab::runtime::flavor(&self.0)
    }

    pub fn id(&self) -> Id {
        self.0.id()
    }

    pub fn name(&self) -> Option<&str> {
        self.0.name()
    }

    pub fn metrics(&self) -> RuntimeMetrics {
        self.0.metrics()
    }

    pub(super) fn of(runtime: &real::runtime::Handle) -> Self {
        Self(runtime.clone())
    }

    pub(crate) fn real(&self) -> &real::runtime::Handle {
        &self.0
    }
}
