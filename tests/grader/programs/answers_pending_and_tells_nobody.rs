//! fails: lost-wakeup
//! says: answers `Pending` and has left its waker with nobody
//! A future that counts down, and forgets that nobody asks it again by himself.
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

struct Countdown {
    left: u32,
    step: u32,
}

impl Countdown {
    fn is_over(&self) -> bool {
        self.left < self.step
    }
}

impl Future for Countdown {
    type Output = u64;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u64> {
        match self.is_over() {
            true => Poll::Ready(7),
            false => Poll::Pending,
        }
    }
}

pub async fn scenario() -> u64 {
    let task = tokio::spawn(Countdown { left: 3, step: 1 });
    task.await.unwrap()
}
