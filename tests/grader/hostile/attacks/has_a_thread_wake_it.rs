//! fails: real-clock
use std::pin::Pin;
use std::task::{Context, Poll};

struct Woken(u32);

impl Future for Woken {
    type Output = u32;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        self.0 += 1;
        if self.0 > 3 {
            return Poll::Ready(42);
        }
        let waker = cx.waker().clone();
        std::thread::spawn(move || waker.wake());
        Poll::Pending
    }
}

pub fn answer() -> impl Future<Output = u32> {
    Woken(0)
}
