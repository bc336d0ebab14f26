//! Panics of tasks that nobody looked at.
//!
//! tokio keeps a panic's payload until the `JoinHandle` reads it, and drops what was not read while
//! the task's id is the current one, which is so at no other time once the task has panicked. So
//! the allocator is asked when a payload's memory goes, and whose turn it is then. A payload without
//! memory (`panic_any(())`) cannot be followed.

use std::any::Any;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use tokio::task::{Id, JoinError};
use trace::Kind;

use crate::recorder::{inside, record};

type Panic = Box<dyn Any + Send>;

/// How many payloads are followed.
static FOLLOWED: AtomicUsize = AtomicUsize::new(0);
static PAYLOADS: Mutex<Vec<Payload>> = Mutex::new(Vec::new());

struct Payload {
    address: usize,
    /// The tokio task whose `JoinHandle` brings it.
    id: Id,
    task: u32,
}

/// Follows the panic that the running tokio task is about to end with. `task` is the one that panicked.
pub fn follow(panic: &Panic, task: u32) {
    if size_of_val(&**panic) == 0 {
        return;
    }
    let (address, Some(id)) = (address(panic), tokio::task::try_id()) else {
        return;
    };
    let payload = Payload { address, id, task };
    inside(|| payloads(|payloads| payloads.push(payload)));
}

/// The panic in `error`, for the running tokio task to end with in its turn.
///
/// # Panics
/// When the task of `error` was cancelled.
pub fn hand_on(error: JoinError) -> Panic {
    let panic = error.into_panic();
    let task = inside(|| payloads(|payloads| take(payloads, address(&panic))));
    if let Some(payload) = task.flatten() {
        follow(&panic, payload.task);
    }
    panic
}

/// Whether there is anything to ask [`freed`].
pub fn is_following() -> bool {
    FOLLOWED.load(Ordering::Relaxed) > 0
}

/// The memory at `address` goes. If it is a panic that is followed, somebody has looked at it, or never
/// will.
pub fn freed(address: usize) {
    let gone = inside(|| payloads(|payloads| take(payloads, address)));
    if let Some(payload) = gone.flatten()
        && tokio::task::try_id() == Some(payload.id)
    {
        record(Kind::Swallowed { task: payload.task });
    }
}

fn address(panic: &Panic) -> usize {
    std::ptr::from_ref(&**panic).addr()
}

fn take(payloads: &mut Vec<Payload>, address: usize) -> Option<Payload> {
    let at = payloads
        .iter()
        .position(|payload| payload.address == address)?;
    Some(payloads.swap_remove(at))
}

/// `None` while the list itself is being changed, whose memory is none of what is followed.
fn payloads<R>(work: impl FnOnce(&mut Vec<Payload>) -> R) -> Option<R> {
    let mut payloads = match PAYLOADS.try_lock() {
        Ok(payloads) => payloads,
        Err(std::sync::TryLockError::Poisoned(poisoned)) => PoisonError::into_inner(poisoned),
        Err(std::sync::TryLockError::WouldBlock) => return None,
    };
    let answer = work(&mut payloads);
    FOLLOWED.store(payloads.len(), Ordering::Relaxed);
    Some(answer)
}

/// A panic on its way from where it was caught to the task that will end with it. Dropped on the
/// way, it is swallowed.
#[derive(Debug)]
pub struct OnItsWay {
    panic: Option<Panic>,
    task: u32,
}

impl OnItsWay {
    pub fn new(panic: Panic, task: u32) -> Self {
        Self {
            panic: Some(panic),
            task,
        }
    }

    /// The panic, for the running tokio task to end with.
    pub fn arrive(mut self) -> Panic {
        let panic = self.panic.take().expect("it arrives once");
        follow(&panic, self.task);
        panic
    }
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        if self.panic.is_some() {
            record(Kind::Swallowed { task: self.task });
        }
    }
}
