//! caught-by: callers_do_not_wait_for_each_other
//! finding: too-sequential
//!
//! The misconception: what threads share needs a `Mutex`.

use std::cell::Cell;
use std::future::Future;
use std::io;
use std::sync::{Mutex, PoisonError};

use tokio::runtime::{Handle, Runtime};

thread_local! {
    static IN_CALLBACK: Cell<bool> = const { Cell::new(false) };
}

/// Who asked is inside a runtime already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InsideRuntime;

pub struct Bridge {
    runtime: Mutex<Option<Runtime>>,
}

impl Bridge {
    pub fn new() -> io::Result<Self> {
        let runtime = Mutex::new(Some(Runtime::new()?));
        Ok(Self { runtime })
    }

    pub fn run<T>(&self, future: impl Future<Output = T>) -> Result<T, InsideRuntime> {
        if !IN_CALLBACK.get() && Handle::try_current().is_ok() {
            return Err(InsideRuntime);
        }
        let before = IN_CALLBACK.replace(false);
        let runtime = self.runtime.lock().unwrap_or_else(PoisonError::into_inner);
        let output = runtime.as_ref().unwrap().block_on(future);
        IN_CALLBACK.set(before);
        Ok(output)
    }

    pub async fn call<T: Send + 'static>(
        &self,
        callback: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        let job = tokio::task::spawn_blocking(|| {
            IN_CALLBACK.set(true);
            let value = callback();
            IN_CALLBACK.set(false);
            value
        });
        job.await.unwrap()
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        let runtime = self
            .runtime
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        runtime.take().unwrap().shutdown_background();
    }
}
