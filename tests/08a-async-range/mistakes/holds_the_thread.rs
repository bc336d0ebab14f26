//! caught-by: each_number_takes_100_ms
//! finding: blocked-executor
//!
//! The misconception: `poll_next` is no async function, so it sleeps as plain functions do.

use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::stream::Stream;

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

    fn poll_next(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Option<i64>> {
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        std::thread::sleep(WAIT);
        Poll::Ready(self.left.next())
    }
}
