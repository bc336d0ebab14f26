//! Blocking work beside the executor: on tokio's pool, and on a bounded one.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables, dead_code)]

/// Runs `job` on a thread of tokio's own pool, and gives its value, or the message of its panic.
pub async fn to_thread(job: impl FnOnce() -> u32 + Send + 'static) -> Result<u32, String> {
    todo!("to_thread")
}

/// Runs so many blocking jobs at a time, and no more.
pub struct Pool {
    // What does a pool have to know?
}

impl Pool {
    /// A pool that runs `threads` jobs at a time.
    pub fn new(threads: usize) -> Self {
        todo!("Pool::new")
    }

    /// Waits for a free place, runs `job`, and gives its value, or the message of its panic.
    pub async fn run(&self, job: impl FnOnce() -> u32 + Send + 'static) -> Result<u32, String> {
        todo!("Pool::run")
    }
}
