//! caught-by: never_free_while_one_waits
//! finding: underused
//!
//! The misconception: a lock is a thing of the program: one in a `static` is enough.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a value has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    pub value: u32,
    /// How many updates are behind it.
    pub updates: u32,
}

static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// A value that one task at a time may change.
pub struct Shared {
    /// Locked for moments, never over an `.await`.
    state: Mutex<State>,
}

impl Shared {
    /// With this value, and no updates yet.
    pub fn new(value: u32) -> Self {
        let state = State { value, updates: 0 };
        Self {
            state: Mutex::new(state),
        }
    }

    /// Waits for its turn, lets `step` make a new value of the value, keeps that, and gives it.
    pub async fn update(&self, name: &str, step: impl AsyncFnOnce(u32) -> u32) -> u32 {
        // Dropped on every way out of here: a panic of the step, and a drop of this future.
        let turn = TURN.lock().await;
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
