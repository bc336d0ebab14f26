//! caught-by: one_runtime_serves_all_calls
//! finding: wrong-value
//!
//! The misconception: a loop belongs to its thread, as in asyncio. What one thread spawned goes when that thread ends.

use std::cell::Cell;
use std::future::Future;
use std::io;

use tokio::runtime::{Builder, Handle, Runtime};

thread_local! {
    static RUNTIME: Runtime = Builder::new_current_thread().enable_all().build().unwrap();
    static IN_CALLBACK: Cell<bool> = const { Cell::new(false) };
}

/// Who asked is inside a runtime already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InsideRuntime;

pub struct Bridge;

impl Bridge {
    pub fn new() -> io::Result<Self> {
        Ok(Self)
    }

    pub fn run<T>(&self, future: impl Future<Output = T>) -> Result<T, InsideRuntime> {
        if !IN_CALLBACK.get() && Handle::try_current().is_ok() {
            return Err(InsideRuntime);
        }
        let before = IN_CALLBACK.replace(false);
        let output = RUNTIME.with(|runtime| runtime.block_on(future));
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
