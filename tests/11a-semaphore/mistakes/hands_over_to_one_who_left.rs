//! caught-by: a_dropped_caller_leaves_its_place
//! finding: underused
//!
//! The misconception: who is next in the queue is still there. A place that is handed to a caller that
//! is gone is handed to nobody.

use futures::future::join_all;
use std::cell::RefCell;
use std::collections::VecDeque;
use tokio::sync::oneshot;

pub struct Gate {
    state: RefCell<State>,
}

struct State {
    free: usize,
    waiting: VecDeque<oneshot::Sender<()>>,
}

struct Place<'a>(&'a Gate);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state.borrow_mut();
        match state.waiting.pop_front() {
            Some(next) => drop(next.send(())),
            None => state.free += 1,
        }
    }
}

impl Gate {
    pub fn new(limit: usize) -> Self {
        let waiting = VecDeque::new();
        Self {
            state: RefCell::new(State {
                free: limit,
                waiting,
            }),
        }
    }

    pub async fn pass<T>(&self, work: impl Future<Output = T>) -> T {
        if let Some(turn) = self.queue() {
            turn.await.unwrap();
        }
        let _place = Place(self);
        work.await
    }

    fn queue(&self) -> Option<oneshot::Receiver<()>> {
        let mut state = self.state.borrow_mut();
        if state.free > 0 {
            state.free -= 1;
            return None;
        }
        let (turn, waits) = oneshot::channel();
        state.waiting.push_back(turn);
        Some(waits)
    }
}

pub async fn run_all(
    count: usize,
    limit: usize,
    call: impl AsyncFn(usize) -> Result<String, String>,
) -> Vec<Result<String, String>> {
    let gate = Gate::new(limit);
    join_all((0..count).map(|n| gate.pass(task(n, &call)))).await
}

async fn task(
    n: usize,
    call: &impl AsyncFn(usize) -> Result<String, String>,
) -> Result<String, String> {
    println!("Task {n} starting");
    let answer = call(n).await;
    println!("Task {n} done");
    answer
}
