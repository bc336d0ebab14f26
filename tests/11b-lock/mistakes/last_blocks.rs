//! caught-by: last_never_waits
//! finding: panicked
//!
//! The misconception: where one cannot await, one blocks.

/// What a value has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    pub value: u32,
    /// How many updates are behind it.
    pub updates: u32,
}

/// A value that one task at a time may change.
pub struct Shared {
    state: tokio::sync::Mutex<State>,
}

impl Shared {
    /// With this value, and no updates yet.
    pub fn new(value: u32) -> Self {
        let state = State { value, updates: 0 };
        Self {
            state: tokio::sync::Mutex::new(state),
        }
    }

    /// Waits for its turn, lets `step` make a new value of the value, keeps that, and gives it.
    pub async fn update(&self, name: &str, step: impl AsyncFnOnce(u32) -> u32) -> u32 {
        let mut state = self.state.lock().await;
        println!("{name} acquired");
        state.value = step(state.value).await;
        state.updates += 1;
        println!("{name} released");
        state.value
    }

    /// What the last update left. Never waits.
    pub fn last(&self) -> State {
        *self.state.blocking_lock()
    }
}
