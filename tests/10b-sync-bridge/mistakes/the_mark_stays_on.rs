//! caught-by: inside_a_runtime_it_says_so
//! finding: panicked
//!
//! The misconception: a thread that may wait may wait all the time. The future that a callback waits for is
//! async code, on that very thread.

use std::cell::Cell;
use std::future::Future;
use std::io;

use tokio::runtime::{Handle, Runtime};

thread_local! {
    static IN_CALLBACK: Cell<bool> = const { Cell::new(false) };
}

/// Who asked is inside a runtime already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InsideRuntime;

pub struct Bridge {
    runtime: Option<Runtime>,
}

impl Bridge {
    pub fn new() -> io::Result<Self> {
        let runtime = Some(Runtime::new()?);
        Ok(Self { runtime })
    }

    pub fn run<T>(&self, future: impl Future<Output = T>) -> Result<T, InsideRuntime> {
        if !IN_CALLBACK.get() && Handle::try_current().is_ok() {
            return Err(InsideRuntime);
        }
        Ok(self.runtime.as_ref().unwrap().block_on(future))
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
        self.runtime.take().unwrap().shutdown_background();
    }
}
