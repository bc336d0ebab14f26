//! A bridge between sync code and async code, over one runtime of its own.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::io;

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
///
/// Threads share one bridge by reference or in an `Arc`, which is why every method takes `&self`.
pub struct Bridge {
    // What must it keep from one call to the next?
}

impl Bridge {
    /// A bridge with a runtime of its own. May be called anywhere, inside a runtime too.
    ///
    /// # Errors
    ///
    /// When the system has no thread left to give.
    pub fn new() -> io::Result<Self> {
        todo!("Bridge::new")
    }

    /// Runs `future` to its end on the bridge's runtime; the calling thread waits.
    ///
    /// # Errors
    ///
    /// In async code, which must not wait like this. `future` is not polled then.
    pub fn run<T>(&self, future: impl Future<Output = T>) -> Result<T, InsideRuntime> {
        todo!("Bridge::run")
    }

    /// Runs `callback` where it holds nobody up, however long it blocks, and gives what it gives. It
    /// may call `run`.
    pub async fn call<T: Send + 'static>(
        &self,
        callback: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        todo!("Bridge::call")
    }
}
