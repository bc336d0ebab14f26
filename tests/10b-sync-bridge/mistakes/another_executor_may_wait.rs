//! caught-by: inside_a_runtime_it_says_so
//! finding: wrong-value
//!
//! The misconception: only tokio's own `block_on` is forbidden inside a runtime. Another's holds the thread just
//! the same: it returns only if the future needs nobody else there.

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
        let runtime = self.runtime.as_ref().unwrap();
        if !IN_CALLBACK.get() && Handle::try_current().is_ok() {
            let _entered = runtime.enter();
            return Ok(futures::executor::block_on(future));
        }
        let before = IN_CALLBACK.replace(false);
        let output = runtime.block_on(future);
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
        self.runtime.take().unwrap().shutdown_background();
    }
}
