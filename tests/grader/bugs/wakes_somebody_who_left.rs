//! bug: a lock wakes the first who waits and nobody else, even when that one gave up waiting
//! finding: lost-wakeup

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;

use service::Service;
use tokio::time::{sleep, timeout};

#[derive(Default)]
struct State {
    locked: bool,
    waiters: VecDeque<Waker>,
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
            state.waiters.push_back(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }

    fn unlock(&self) {
        let mut state = self.0.lock().unwrap();
        state.locked = false;
        if let Some(waiter) = state.waiters.pop_front() {
            waiter.wake();
        }
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let lock = Arc::new(Lock::default());
    let (hurried, patient) = (lock.clone(), lock.clone());
    lock.lock().await;
    let hurried = tokio::spawn(async move {
        let limit = Duration::from_millis(23);
        if timeout(limit, hurried.lock()).await.is_ok() {
            hurried.unlock();
        }
    });
    let patient = tokio::spawn(async move {
        sleep(Duration::from_millis(2)).await;
        patient.lock().await;
        patient.unlock();
    });
    service.call("use", 20).await;
    lock.unlock();
    hurried.await?;
    patient.await?;
    Ok(())
}
