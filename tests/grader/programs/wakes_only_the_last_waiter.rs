//! fails: lost-wakeup
//! A gate keeps one waker, and two tasks wait at it: the first is never woken.
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;
use tokio::time::sleep;

#[derive(Default)]
struct Gate {
    open: bool,
    waker: Option<Waker>,
}

async fn pass(gate: &Mutex<Gate>) {
    poll_fn(|cx| {
        let mut gate = gate.lock().unwrap();
        if gate.open {
            return Poll::Ready(());
        }
        gate.waker = Some(cx.waker().clone());
        Poll::Pending
    })
    .await;
}

pub async fn scenario() -> u64 {
    let gate = Arc::new(Mutex::new(Gate::default()));
    let waiters: Vec<_> = (0..2)
        .map(|_| {
            let gate = gate.clone();
            tokio::spawn(async move { pass(&gate).await })
        })
        .collect();
    sleep(Duration::from_millis(5)).await;
    let waker = {
        let mut gate = gate.lock().unwrap();
        gate.open = true;
        gate.waker.take()
    };
    waker.unwrap().wake();
    for waiter in waiters {
        waiter.await.unwrap();
    }
    5
}
