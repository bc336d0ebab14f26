//! The futures of the tasks that are between two polls: when the drive cannot go on, each can be
//! polled once more, or dropped, whoever else is being polled.
#![expect(
    unsafe_code,
    reason = "a suspended future belongs to tokio, which does not hand it out"
)]

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

/// By task. Those of one runtime are polled and dropped by its thread only; a drive has one thread that
/// runs, and when it cannot go on, all others stand still.
static SUSPENDED: Mutex<BTreeMap<u32, Suspended>> = Mutex::new(BTreeMap::new());

/// A future between two polls, and what is done with it.
#[derive(Debug)]
pub struct Suspended {
    pub task: u32,
    future: *mut (),
    poll: unsafe fn(*mut (), &mut Context<'_>) -> bool,
    drop: unsafe fn(*mut ()),
}

// SAFETY: it is used where its owner stands still, which no thread could tell from its own use.
unsafe impl Send for Suspended {}

fn suspended() -> MutexGuard<'static, BTreeMap<u32, Suspended>> {
    SUSPENDED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A drive begins: what waited in the one before is none of it.
pub fn reset() {
    suspended().clear();
}

/// Polls a task's future, which can be taken while it waits.
pub fn poll<F: Future>(
    task: u32,
    mut future: Pin<&mut F>,
    cx: &mut Context<'_>,
) -> Poll<F::Output> {
    withdraw(task);
    let polled = future.as_mut().poll(cx);
    if polled.is_pending() {
        // SAFETY: nothing is moved through the pointer.
        let future = std::ptr::from_mut(unsafe { future.get_unchecked_mut() }).cast();
        let suspended = Suspended {
            task,
            future,
            poll: poll_erased::<F>,
            drop: drop_erased::<F>,
        };
        self::suspended().insert(task, suspended);
    }
    polled
}

/// A task's future is about to be polled or dropped by its owner.
pub fn withdraw(task: u32) {
    suspended().remove(&task);
}

/// Whether no task waits.
pub fn nobody_lives() -> bool {
    suspended().is_empty()
}

/// Takes the oldest of the tasks that wait, but for those that were taken. What is taken must not
/// meet its owner again: the drive halts.
pub fn take_first() -> Option<Suspended> {
    Some(suspended().pop_first()?.1)
}

/// Takes the newest.
pub fn take_last() -> Option<Suspended> {
    Some(suspended().pop_last()?.1)
}

impl Suspended {
    /// Polls it once; whether it is over.
    pub fn poll(&mut self, cx: &mut Context<'_>) -> bool {
        // SAFETY: the future is alive and pinned until `withdraw`, and nobody polls it now.
        unsafe { (self.poll)(self.future, cx) }
    }

    /// Drops all that it holds, in place.
    pub fn drop(self) {
        // SAFETY: as above; it is taken, and its owner never sees it again.
        unsafe { (self.drop)(self.future) }
    }
}

/// # Safety
/// `future` is a pinned `F` that nobody else uses.
unsafe fn poll_erased<F: Future>(future: *mut (), cx: &mut Context<'_>) -> bool {
    // SAFETY: as the caller promises.
    let future = unsafe { Pin::new_unchecked(&mut *future.cast::<F>()) };
    future.poll(cx).is_ready()
}

/// # Safety
/// As above, and nobody uses it afterwards.
unsafe fn drop_erased<F>(future: *mut ()) {
    // SAFETY: as the caller promises.
    unsafe { std::ptr::drop_in_place(future.cast::<F>()) }
}
