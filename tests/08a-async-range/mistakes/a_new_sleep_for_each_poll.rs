//! caught-by: each_number_takes_100_ms
//! finding: lost-wakeup
//!
//! The misconception: a sleep goes on when it is dropped. It wakes nobody then.

use std::future::Future;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures::stream::Stream;
use tokio::time::sleep;

/// From the moment a number is asked for until it is there.
const WAIT: Duration = Duration::from_millis(100);

/// The numbers from `start` up to, and not including, `end`.
pub struct AsyncRange {
    numbers: Range<i64>,
}

impl AsyncRange {
    /// The range. It is empty when `end` is not above `start`.
    pub fn new(start: i64, end: i64) -> Self {
        let numbers = start..end;
        Self { numbers }
    }

    /// An iteration over all of the range, of its own.
    pub fn iter(&self) -> Numbers {
        Numbers {
            left: self.numbers.clone(),
        }
    }
}

/// One iteration: each number comes 100 ms after it was asked for.
pub struct Numbers {
    left: Range<i64>,
}

impl Stream for Numbers {
    type Item = i64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        let mut wait = Box::pin(sleep(WAIT));
        ready!(wait.as_mut().poll(cx));
        Poll::Ready(self.left.next())
    }
}
