//! bug: a lock has room for one waker: a second who waits replaces the first, who is never woken
//! finding: lost-wakeup

use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};

use service::Service;
use tokio::task::JoinSet;

#[derive(Default)]
struct State {
    locked: bool,
    waiter: Option<Waker>,
}

#[derive(Default)]
struct Lock(Mutex<State>);

impl Lock {
    async fn lock(&self) {
        poll_fn(|cx| {
            let mut state = self.0.lock().unwrap();
            if !state.locked {
                state.locked = true;
                return Poll::Ready(());
            }
            state.waiter = Some(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }

    fn unlock(&self) {
        let mut state = self.0.lock().unwrap();
        state.locked = false;
        if let Some(waiter) = state.waiter.take() {
            waiter.wake();
        }
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let lock = Arc::new(Lock::default());
    let mut users = JoinSet::new();
    for n in 1..=4 {
        let (lock, service) = (lock.clone(), service.clone());
        users.spawn(async move {
            service.call("user comes", 8 * n).await;
            lock.lock().await;
            service.call("use", 10).await;
            lock.unlock();
        });
    }
    users.join_all().await;
    Ok(())
}
