//! A bridge between sync code and async code, over one runtime of its own.

use std::cell::Cell;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::io;
use std::panic::resume_unwind;

use tokio::runtime::{Handle, Runtime};
use tokio::task::spawn_blocking;

thread_local! {
    /// Whether what this thread runs just now is a callback's, and not a future's.
    static IN_CALLBACK: Cell<bool> = const { Cell::new(false) };
}

/// Sets [`IN_CALLBACK`], and puts it back when it is dropped, by a panic too.
struct Marked {
    before: bool,
}

impl Marked {
    fn as_callback(is_callback: bool) -> Self {
        let before = IN_CALLBACK.get();
        IN_CALLBACK.set(is_callback);
        Self { before }
    }
}

impl Drop for Marked {
    fn drop(&mut self) {
        IN_CALLBACK.set(self.before);
    }
}

/// Whether this thread may wait for a future.
fn may_wait() -> bool {
    if IN_CALLBACK.get() {
        // tokio's blocking threads have a current runtime too.
        return true;
    }
    Handle::try_current().is_err()
}

/// Who asked is inside a runtime already: its thread must not wait for a future.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InsideRuntime;

impl fmt::Display for InsideRuntime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is async code already: await the future instead")
    }
}

impl Error for InsideRuntime {}

/// Runs futures for sync code, and sync code for futures.
pub struct Bridge {
    /// `None` only while the bridge is dropped.
    runtime: Option<Runtime>,
}

impl Bridge {
    /// A bridge with a runtime of its own. May be called anywhere, inside a runtime too.
    ///
    /// # Errors
    ///
    /// When the system has no thread left to give.
    pub fn new() -> io::Result<Self> {
        // It has workers: tasks go on while nobody is in `run`.
        let runtime = Some(Runtime::new()?);
        Ok(Self { runtime })
    }

    /// Runs `future` to its end on the bridge's runtime; the calling thread waits.
    ///
    /// # Errors
    ///
    /// In async code, which must not wait like this. `future` is not polled then.
    pub fn run<T>(&self, future: impl Future<Output = T>) -> Result<T, InsideRuntime> {
        if !may_wait() {
            return Err(InsideRuntime);
        }
        // What the future calls is async code again, whoever waits for it.
        let _marked = Marked::as_callback(false);
        let runtime = self.runtime.as_ref();
        Ok(runtime
            .expect("dropped only with the bridge")
            .block_on(future))
    }

    /// Runs `callback` where it holds nobody up, however long it blocks, and gives what it gives. It
    /// may call `run`.
    ///
    /// # Panics
    ///
    /// With the panic that comes out of `callback`.
    pub async fn call<T: Send + 'static>(
        &self,
        callback: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        let job = spawn_blocking(|| {
            let _marked = Marked::as_callback(true);
            callback()
        });
        match job.await {
            Ok(value) => value,
            Err(error) => resume_unwind(error.into_panic()),
        }
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        // A runtime that is just dropped waits for its threads, and in async code that is a panic.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
