//! tokio's other lock, and the state in one atomic number.

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::RwLock;

/// What a value has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    pub value: u32,
    /// How many updates are behind it.
    pub updates: u32,
}

/// A value that one task at a time may change.
pub struct Shared {
    turn: RwLock<()>,
    /// The value, and the updates above it.
    state: AtomicU64,
}

impl Shared {
    pub fn new(value: u32) -> Self {
        Self {
            turn: RwLock::default(),
            state: AtomicU64::new(u64::from(value)),
        }
    }

    pub async fn update(&self, name: &str, step: impl AsyncFnOnce(u32) -> u32) -> u32 {
        let turn = self.turn.write();
        let turn = turn.await;
        println!("{name} acquired");
        let State { value, updates } = self.last();
        let value = step(value).await;
        let state = u64::from(updates + 1) << 32 | u64::from(value);
        self.state.store(state, Ordering::Release);
        drop(turn);
        println!("{name} released");
        value
    }

    #[allow(clippy::cast_possible_truncation)]
    pub fn last(&self) -> State {
        let state = self.state.load(Ordering::Acquire);
        State {
            value: state as u32,
            updates: (state >> 32) as u32,
        }
    }
}
