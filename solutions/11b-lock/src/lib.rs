//! A value that one task at a time may change, and everybody may look at.

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
        // Dropped on every way out of here: a panic of the step, and a drop of this future.
        let turn = self.turn.lock().await;
        say(name, "acquired");
        let value = step(self.last().value).await;
        self.keep(value);
        say(name, "released");
        drop(turn);
        value
    }

    /// What the last update left. Never waits.
    pub fn last(&self) -> State {
        *self.state()
    }

    fn keep(&self, value: u32) {
        let mut state = self.state();
        state.value = value;
        state.updates += 1;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn say(name: &str, what: &str) {
    println!("{name} {what}");
}
