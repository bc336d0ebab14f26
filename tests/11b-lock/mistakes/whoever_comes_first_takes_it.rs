//! caught-by: nobody_is_overtaken
//! finding: wrong-order
//!
//! The misconception: a free lock is anybody's. One that comes back at once takes it from those who wait.

use std::cell::Cell;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// What a value has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    pub value: u32,
    /// How many updates are behind it.
    pub updates: u32,
}

/// A value that one task at a time may change.
pub struct Shared {
    /// Whose turn it is: held for as long as a step takes, waited for in line.
    taken: Cell<bool>,
    free: Notify,
    /// Locked for moments, never over an `.await`.
    state: Mutex<State>,
}

/// The lock, for as long as this lives.
struct Turn<'a>(&'a Shared);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.taken.set(false);
        self.0.free.notify_one();
    }
}

impl Shared {
    /// With this value, and no updates yet.
    pub fn new(value: u32) -> Self {
        let state = State { value, updates: 0 };
        Self {
            taken: Cell::new(false),
            free: Notify::new(),
            state: Mutex::new(state),
        }
    }

    /// Waits for its turn, lets `step` make a new value of the value, keeps that, and gives it.
    pub async fn update(&self, name: &str, step: impl AsyncFnOnce(u32) -> u32) -> u32 {
        // Dropped on every way out of here: a panic of the step, and a drop of this future.
        while self.taken.get() {
            self.free.notified().await;
        }
        self.taken.set(true);
        let turn = Turn(self);
        println!("{name} acquired");
        let before = self.last();
        let value = step(before.value).await;
        let updates = before.updates + 1;
        *self.state() = State { value, updates };
        println!("{name} released");
        drop(turn);
        value
    }

    /// What the last update left. Never waits.
    pub fn last(&self) -> State {
        *self.state()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
