//! fails: lost-wakeup
//! at: 36
//! says: polled again, the task spawned here goes on
//! A slot's future keeps no waker: what is put in later wakes nobody.
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::sleep;

#[derive(Clone, Default)]
struct Slot(Arc<Mutex<Option<u64>>>);

impl Future for Slot {
    type Output = u64;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u64> {
        match self.0.lock().unwrap().take() {
            Some(value) => Poll::Ready(value),
            None => Poll::Pending,
        }
    }
}

impl Slot {
    fn put(&self, value: u64) {
        *self.0.lock().unwrap() = Some(value);
    }
}

pub async fn scenario() -> u64 {
    let slot = Slot::default();
    let mut theirs = slot.clone();
    let waits =
        tokio::spawn(async move { poll_fn(move |cx| Pin::new(&mut theirs).poll(cx)).await });
    sleep(Duration::from_millis(5)).await;
    slot.put(5);
    waits.await.unwrap()
}
