//! What a runtime of the submission's own is to be like.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use lab::runtime::{Stepped, Threads};

use super::Runtime;

/// tokio's `Builder`. What it is told of a worker or of I/O is checked as tokio does, and has no effect:
/// a stepped runtime has one worker at most, and no I/O.
pub struct Builder {
    real: real::runtime::Builder,
    has_worker: bool,
    threads: Threads,
}

impl Builder {
    /// A runtime whose tasks run while somebody waits in `block_on`.
    pub fn new_current_thread() -> Self {
        Self::of(false)
    }

    /// A runtime whose tasks run on a worker of their own.
    pub fn new_multi_thread() -> Self {
        Self::of(true)
    }

    fn of(has_worker: bool) -> Self {
        Self {
            real: real::runtime::Builder::new_current_thread(),
            has_worker,
            threads: Threads::default(),
        }
    }

    pub fn enable_all(&mut self) -> &mut Self {
        self.enable_io().enable_time()
    }

    /// Nothing of tokio's that needs it is in the facade.
    pub fn enable_io(&mut self) -> &mut Self {
        self
    }

    pub fn enable_time(&mut self) -> &mut Self {
        self.real.enable_time();
        self
    }

    /// # Panics
    /// When there are to be none.
    #[track_caller]
    pub fn worker_threads(&mut self, val: usize) -> &mut Self {
        self.real.worker_threads(val);
        self
    }

    /// # Panics
    /// When there are to be none.
    #[track_caller]
    pub fn max_blocking_threads(&mut self, val: usize) -> &mut Self {
        self.real.max_blocking_threads(val);
        self.threads.most_jobs = val;
        self
    }

    pub fn thread_name(&mut self, val: impl Into<String>) -> &mut Self {
        let name = val.into();
        self.thread_name_fn(move || name.clone())
    }

    pub fn thread_name_fn<F>(&mut self, f: F) -> &mut Self
    where
        F: Fn() -> String + Send + Sync + 'static,
    {
        self.threads.name = Arc::new(f);
        self
    }

    pub fn name(&mut self, val: impl Into<String>) -> &mut Self {
        self.real.name(val);
        self
    }

    /// In bytes.
    pub fn thread_stack_size(&mut self, val: usize) -> &mut Self {
        self.threads.stack_size = Some(val);
        self
    }

    pub fn on_thread_start<F>(&mut self, f: F) -> &mut Self
    where
        F: Fn() + Send + Sync + 'static,
    {
        self.threads.on_start = Some(Arc::new(f));
        self
    }

    pub fn on_thread_stop<F>(&mut self, f: F) -> &mut Self
    where
        F: Fn() + Send + Sync + 'static,
    {
        self.threads.on_stop = Some(Arc::new(f));
        self
    }

    pub fn on_thread_park<F>(&mut self, f: F) -> &mut Self
    where
        F: Fn() + Send + Sync + 'static,
    {
        self.real.on_thread_park(f);
        self
    }

    pub fn on_thread_unpark<F>(&mut self, f: F) -> &mut Self
    where
        F: Fn() + Send + Sync + 'static,
    {
        self.real.on_thread_unpark(f);
        self
    }

    pub fn thread_keep_alive(&mut self, duration: Duration) -> &mut Self {
        self.real.thread_keep_alive(duration);
        self
    }

    /// # Panics
    /// When it is 0.
    #[track_caller]
    pub fn global_queue_interval(&mut self, val: u32) -> &mut Self {
        self.real.global_queue_interval(val);
        self
    }

    pub fn event_interval(&mut self, val: u32) -> &mut Self {
        self.real.event_interval(val);
        self
    }

    pub fn max_io_events_per_tick(&mut self, capacity: usize) -> &mut Self {
        self.real.max_io_events_per_tick(capacity);
        self
    }

    /// # Panics
    /// When it is 0.
    #[track_caller]
    pub fn max_io_events_per_busy_tick(&mut self, capacity: usize) -> &mut Self {
        self.real.max_io_events_per_busy_tick(capacity);
        self
    }

    /// # Errors
    /// tokio's own.
    pub fn build(&mut self) -> io::Result<Runtime> {
        let stepped = Stepped::build(&mut self.real, self.has_worker, self.threads.clone())?;
        Ok(Runtime::of(stepped))
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.real.fmt(f)
    }
}
