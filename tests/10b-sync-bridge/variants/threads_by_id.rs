//! The bridge remembers the threads on which its callbacks are, and reaches its runtime through a handle.

use std::collections::HashSet;
use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};
use std::time::Duration;

use tokio::runtime::{Handle, Runtime};

#[derive(Debug)]
pub struct InsideRuntime;

/// Threads with a callback that waits for nothing now.
type Callbacks = Arc<Mutex<HashSet<ThreadId>>>;

pub struct Bridge {
    handle: Handle,
    runtime: Mutex<Option<Runtime>>,
    callbacks: Callbacks,
}

impl Bridge {
    pub fn new() -> io::Result<Self> {
        let runtime = Runtime::new()?;
        Ok(Self {
            handle: runtime.handle().clone(),
            runtime: Mutex::new(Some(runtime)),
            callbacks: Callbacks::default(),
        })
    }

    pub fn run<T>(&self, future: impl Future<Output = T>) -> Result<T, InsideRuntime> {
        let this = thread::current().id();
        let in_callback = self.callbacks.lock().unwrap().remove(&this);
        if !in_callback && Handle::try_current().is_ok() {
            return Err(InsideRuntime);
        }
        let output = self.handle.block_on(future);
        if in_callback {
            self.callbacks.lock().unwrap().insert(this);
        }
        Ok(output)
    }

    pub async fn call<T: Send + 'static>(
        &self,
        callback: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        let callbacks = self.callbacks.clone();
        let job = move || {
            let this = thread::current().id();
            callbacks.lock().unwrap().insert(this);
            let value = callback();
            callbacks.lock().unwrap().remove(&this);
            value
        };
        Handle::current().spawn_blocking(job).await.unwrap()
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        let runtime = self.runtime.get_mut().unwrap().take();
        runtime.unwrap().shutdown_timeout(Duration::ZERO);
    }
}
