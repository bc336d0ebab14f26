//! A semaphore of one permit, and the state in a watch channel.

use tokio::sync::{Semaphore, watch};

/// What a value has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    pub value: u32,
    /// How many updates are behind it.
    pub updates: u32,
}

/// A value that one task at a time may change.
pub struct Shared {
    turn: Semaphore,
    state: watch::Sender<State>,
}

impl Shared {
    pub fn new(value: u32) -> Self {
        let (state, _) = watch::channel(State { value, updates: 0 });
        let turn = Semaphore::new(1);
        Self { turn, state }
    }

    pub async fn update(&self, name: &str, step: impl AsyncFnOnce(u32) -> u32) -> u32 {
        let _turn = self.turn.acquire().await.expect("nobody closes it");
        println!("{name} acquired");
        let value = step(self.last().value).await;
        self.state.send_modify(|state| {
            state.value = value;
            state.updates += 1;
        });
        println!("{name} released");
        value
    }

    pub fn last(&self) -> State {
        *self.state.borrow()
    }
}
