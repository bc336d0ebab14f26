//! A value that one task at a time may change, and everybody may look at.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables, dead_code)]

/// What a value has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    pub value: u32,
    /// How many updates are behind it.
    pub updates: u32,
}

/// A value that one task at a time may change.
pub struct Shared {
    // What has to be locked, and for how long?
}

impl Shared {
    /// With this value, and no updates yet.
    pub fn new(value: u32) -> Self {
        todo!("Shared::new")
    }

    /// Waits for its turn, lets `step` make a new value of the value, keeps that, and gives it.
    pub async fn update(&self, name: &str, step: impl AsyncFnOnce(u32) -> u32) -> u32 {
        todo!("Shared::update")
    }

    /// What the last update left. Never waits.
    pub fn last(&self) -> State {
        todo!("Shared::last")
    }
}
