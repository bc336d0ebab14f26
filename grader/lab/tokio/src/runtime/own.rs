//! A runtime of the submission's own.

use std::future::Future;
use std::panic::Location;
use std::time::Duration;

use lab::runtime::Stepped;
use real::runtime::{EnterGuard, RuntimeMetrics};
use real::task::JoinHandle;

use super::{Builder, Handle};

/// tokio's `Runtime`, on the drive's clock and threads.
#[derive(Debug)]
pub struct Runtime {
    stepped: Stepped,
    handle: Handle,
}

impl Runtime {
    /// A multi-thread runtime with everything enabled. Its tasks run on one worker.
    ///
    /// # Errors
    /// tokio's own.
    pub fn new() -> std::io::Result<Self> {
        Builder::new_multi_thread().enable_all().build()
    }

    pub(super) fn of(stepped: Stepped) -> Self {
        let handle = Handle::of(stepped.handle());
        Self { stepped, handle }
    }

    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Spawns a task, which runs when the runtime is driven.
    #[track_caller]
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.handle.spawn(future)
    }

    /// Runs a blocking job beside the runtime, in lock-step with it.
    #[track_caller]
    pub fn spawn_blocking<F, R>(&self, func: F) -> JoinHandle<R>
    where
        F: FnOnce() -> R + Send + 'static,
        R: Send + 'static,
    {
        self.handle.spawn_blocking(func)
    }

    /// Runs a future to its end. It is a task of the trace.
    ///
    /// # Panics
    /// Inside a runtime.
    #[track_caller]
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.stepped.block_on(future, Location::caller())
    }

    pub fn enter(&self) -> EnterGuard<'_> {
        self.handle.enter()
    }

    /// Drops the tasks, and waits for blocking jobs at most for so long.
    pub fn shutdown_timeout(mut self, duration: Duration) {
        self.stepped.shut_down(Some(duration));
    }

    /// Drops the tasks, and waits for nothing.
    pub fn shutdown_background(self) {
        self.shutdown_timeout(Duration::ZERO);
    }

    pub fn metrics(&self) -> RuntimeMetrics {
        self.handle.metrics()
    }
}

impl std::panic::UnwindSafe for Runtime {}

impl std::panic::RefUnwindSafe for Runtime {}
