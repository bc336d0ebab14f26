//! A range whose numbers take time: a stream, written by hand.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures::stream::Stream;
use tokio::time::{Sleep, sleep};

/// From the moment a number is asked for until it is there.
const WAIT: Duration = Duration::from_millis(100);

/// The numbers from `start` up to, and not including, `end`.
pub struct AsyncRange {
    start: i64,
    end: i64,
}

impl AsyncRange {
    /// The range. It is empty when `end` is not above `start`.
    pub fn new(start: i64, end: i64) -> Self {
        let end = end.max(start);
        Self { start, end }
    }

    /// An iteration over all of the range, of its own.
    pub fn iter(&self) -> Numbers {
        Numbers::between(self.start, self.end)
    }
}

/// One iteration: each number comes 100 ms after it was asked for.
pub struct Numbers {
    next: i64,
    end: i64,
    /// The wait for the next number, once that has been asked for. It is kept from poll to poll: a
    /// new one would begin from the start, and one that is dropped wakes nobody.
    wait: Option<Pin<Box<Sleep>>>,
}

impl Numbers {
    fn between(next: i64, end: i64) -> Self {
        Self {
            next,
            end,
            wait: None,
        }
    }
}

impl Stream for Numbers {
    type Item = i64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        if self.next == self.end {
            return Poll::Ready(None);
        }
        let wait = self.wait.get_or_insert_with(|| Box::pin(sleep(WAIT)));
        ready!(wait.as_mut().poll(cx));
        self.wait = None;
        let number = self.next;
        self.next += 1;
        Poll::Ready(Some(number))
    }
}
