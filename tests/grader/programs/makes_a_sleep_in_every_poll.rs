//! fails: lost-wakeup
//! at: 21
//! says: begins to wait for the clock and gives that up
//! A stream that makes a new sleep whenever it is polled, and drops it at the end of the poll.
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;
use futures::{Stream, StreamExt};
use tokio::time::sleep;

struct Ticks(u64);

impl Stream for Ticks {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        if self.0 == 3 {
            return Poll::Ready(None);
        }
        if pin!(sleep(Duration::from_millis(10))).poll(cx).is_pending() {
            return Poll::Pending;
        }
        self.0 += 1;
        Poll::Ready(Some(self.0))
    }
}

pub async fn scenario() -> u64 {
    Ticks(0).count().await as u64
}
