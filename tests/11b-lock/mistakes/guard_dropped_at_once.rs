//! caught-by: lets_one_in_at_a_time
//! finding: unbounded
//!
//! The misconception: `let _` keeps the guard. It keeps nothing.

use std::sync::{Mutex, MutexGuard, PoisonError};

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
    turn: tokio::sync::Mutex<()>,
    /// Locked for moments, never over an `.await`.
    state: Mutex<State>,
}

impl Shared {
    /// With this value, and no updates yet.
    pub fn new(value: u32) -> Self {
        let state = State { value, updates: 0 };
        Self {
            turn: tokio::sync::Mutex::new(()),
            state: Mutex::new(state),
        }
    }

    /// Waits for its turn, lets `step` make a new value of the value, keeps that, and gives it.
    pub async fn update(&self, name: &str, step: impl AsyncFnOnce(u32) -> u32) -> u32 {
        let _ = self.turn.lock().await;
        println!("{name} acquired");
        let before = self.last();
        let value = step(before.value).await;
        let updates = before.updates + 1;
        *self.state() = State { value, updates };
        println!("{name} released");
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
