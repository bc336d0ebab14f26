//! The time that a read or a write takes, and what it has not done yet.

use std::future::Future;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::time::Sleep;

use crate::recorder::inside;

/// An operation under way, of which a file has one at most.
///
/// A write puts the first half of its bytes into the file when it begins, and the rest when its time
/// has passed: whoever looks in between sees a half-written file. If the file is dropped before, the
/// rest is never written.
#[derive(Debug, Default)]
pub(super) struct Busy(Mutex<Option<Operation>>);

#[derive(Debug)]
struct Operation {
    time: Pin<Box<Sleep>>,
    rest: Vec<u8>,
}

impl Busy {
    fn operation(&self) -> MutexGuard<'_, Option<Operation>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn is_idle(&self) -> bool {
        self.operation().is_none()
    }

    /// Something takes `ms` virtual milliseconds from now on.
    pub fn take(&self, ms: u64) {
        self.begin(ms, Vec::new());
    }

    fn begin(&self, ms: u64, rest: Vec<u8>) {
        let time = Box::pin(tokio::time::sleep(Duration::from_millis(ms)));
        *self.operation() = Some(Operation { time, rest });
    }

    /// Writes `bytes` within `ms` virtual milliseconds.
    ///
    /// # Errors
    /// Those of writing.
    pub fn write(&self, mut file: &std::fs::File, bytes: &[u8], ms: u64) -> io::Result<()> {
        let at_once = if ms > 0 { bytes.len() / 2 } else { bytes.len() };
        let (now, later) = bytes.split_at(at_once);
        inside(|| file.write_all(now))?;
        if ms > 0 {
            self.begin(ms, inside(|| later.to_vec()));
        }
        Ok(())
    }

    /// Waits until the operation has had its time.
    ///
    /// # Errors
    /// Those of writing the rest.
    pub fn poll_over(&self, file: &std::fs::File, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if let Some(operation) = &mut *self.operation() {
            ready!(operation.time.as_mut().poll(cx));
        }
        Poll::Ready(self.land(file))
    }

    /// Writes the rest at once, whatever time it would take.
    ///
    /// # Errors
    /// Those of writing.
    pub fn land(&self, mut file: &std::fs::File) -> io::Result<()> {
        let operation = self.operation().take();
        inside(|| match operation {
            Some(operation) => file.write_all(&operation.rest),
            None => Ok(()),
        })
    }

    /// Forgets the rest.
    pub fn abandon(&self) {
        if let Some(operation) = &mut *self.operation() {
            inside(|| drop(std::mem::take(&mut operation.rest)));
        }
    }
}
