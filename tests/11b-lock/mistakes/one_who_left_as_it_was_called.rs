//! caught-by: leaves_the_lock_on_every_way_out
//! finding: deadlock
//!
//! The misconception: whoever is dropped while it waits has nothing to hand on. It may have been called already.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use tokio::sync::oneshot;

/// What a value has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    pub value: u32,
    /// How many updates are behind it.
    pub updates: u32,
}

/// A value that one task at a time may change.
pub struct Shared {
    taken: Cell<bool>,
    waiting: RefCell<VecDeque<oneshot::Sender<()>>>,
    state: Cell<State>,
}

/// The lock, or a place in its line.
struct Turn<'a> {
    shared: &'a Shared,
    called: Option<oneshot::Receiver<()>>,
}

impl Turn<'_> {
    fn new(shared: &Shared) -> Turn<'_> {
        let called = shared.taken.replace(true).then(|| {
            let (caller, called) = oneshot::channel();
            shared.waiting.borrow_mut().push_back(caller);
            called
        });
        Turn { shared, called }
    }

    async fn comes(&mut self) {
        if let Some(called) = &mut self.called {
            called.await.expect("every place in the line is called");
            self.called = None;
        }
    }
}

impl Drop for Turn<'_> {
    /// Hands the lock on, if it is or was about to be this one's.
    fn drop(&mut self) {
        if self.called.is_none() {
            self.shared.hand_on();
        }
    }
}

impl Shared {
    /// With this value, and no updates yet.
    pub fn new(value: u32) -> Self {
        Self {
            taken: Cell::new(false),
            waiting: RefCell::default(),
            state: Cell::new(State { value, updates: 0 }),
        }
    }

    /// To the next one in the line who still waits.
    fn hand_on(&self) {
        while let Some(next) = self.next() {
            if next.send(()).is_ok() {
                return;
            }
        }
        self.taken.set(false);
    }

    fn next(&self) -> Option<oneshot::Sender<()>> {
        self.waiting.borrow_mut().pop_front()
    }

    /// Waits for its turn, lets `step` make a new value of the value, keeps that, and gives it.
    pub async fn update(&self, name: &str, step: impl AsyncFnOnce(u32) -> u32) -> u32 {
        let mut turn = Turn::new(self);
        turn.comes().await;
        println!("{name} acquired");
        let State { value, updates } = self.last();
        let value = step(value).await;
        self.state.set(State {
            value,
            updates: updates + 1,
        });
        println!("{name} released");
        value
    }

    /// What the last update left. Never waits.
    pub fn last(&self) -> State {
        self.state.get()
    }
}
