//! caught-by: inside_a_runtime_it_says_so
//! finding: panicked
//!
//! The misconception: a thread may wait for a future anywhere.

use std::future::Future;
use std::io;

use tokio::runtime::Runtime;

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
        Ok(self.runtime.as_ref().unwrap().block_on(future))
    }

    pub async fn call<T: Send + 'static>(
        &self,
        callback: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        tokio::task::spawn_blocking(callback).await.unwrap()
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.runtime.take().unwrap().shutdown_background();
    }
}
