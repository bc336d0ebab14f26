//! caught-by: goes_quietly_wherever_it_is_dropped
//! finding: leaked-task
//!
//! The misconception: one runtime means one for the whole program. The tasks of a bridge stay when it goes.

use std::cell::Cell;
use std::future::Future;
use std::io;
use std::sync::LazyLock;

use tokio::runtime::{Handle, Runtime};

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

thread_local! {
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
        let output = RUNTIME.block_on(future);
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
