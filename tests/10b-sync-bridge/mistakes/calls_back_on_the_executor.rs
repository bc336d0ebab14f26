//! caught-by: a_callback_may_wait
//! finding: blocked-executor
//!
//! The misconception: an `async fn` may block, since its caller awaits it.

use std::future::Future;
use std::io;

use tokio::runtime::{Handle, Runtime};

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
        if Handle::try_current().is_ok() {
            return Err(InsideRuntime);
        }
        Ok(self.runtime.as_ref().unwrap().block_on(future))
    }

    pub async fn call<T: Send + 'static>(
        &self,
        callback: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        callback()
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.runtime.take().unwrap().shutdown_background();
    }
}
