//! caught-by: leaves_the_lock_on_every_way_out
//! finding: deadlock
//!
//! The misconception: the last line of a function always runs. It does not behind a panic or a drop.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;

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
    turn: Semaphore,
    /// Locked for moments, never over an `.await`.
    state: Mutex<State>,
}

impl Shared {
    /// With this value, and no updates yet.
    pub fn new(value: u32) -> Self {
        let state = State { value, updates: 0 };
        Self {
            turn: Semaphore::new(1),
            state: Mutex::new(state),
        }
    }

    /// Waits for its turn, lets `step` make a new value of the value, keeps that, and gives it.
    pub async fn update(&self, name: &str, step: impl AsyncFnOnce(u32) -> u32) -> u32 {
        std::mem::forget(self.turn.acquire().await.expect("nobody closes it"));
        println!("{name} acquired");
        let before = self.last();
        let value = step(before.value).await;
        let updates = before.updates + 1;
        *self.state() = State { value, updates };
        println!("{name} released");
        self.turn.add_permits(1);
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
