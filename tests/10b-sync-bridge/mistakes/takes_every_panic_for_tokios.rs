//! caught-by: sync_code_gets_its_answer
//! finding: wrong-value
//!
//! The misconception: what panics in `block_on` is `block_on`. A panic of the future is lost.

use std::cell::Cell;
use std::future::Future;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

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
        let before = IN_CALLBACK.replace(false);
        let runtime = self.runtime.as_ref().unwrap();
        let output = catch_unwind(AssertUnwindSafe(|| runtime.block_on(future)));
        IN_CALLBACK.set(before);
        output.map_err(|_| InsideRuntime)
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
