//! caught-by: the_end_is_the_end
//! finding: too-late
//!
//! The mistake: each round begins with a wait, also the one that finds nothing left.

use std::future::Future;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures::stream::Stream;
use tokio::time::{Sleep, sleep};

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
            wait: None,
        }
    }
}

/// One iteration: each number comes 100 ms after it was asked for.
pub struct Numbers {
    left: Range<i64>,
    /// The wait for the next number, once that has been asked for. It is kept from poll to poll: a
    /// new one would begin from the start, and one that is dropped wakes nobody.
    wait: Option<Pin<Box<Sleep>>>,
}

impl Stream for Numbers {
    type Item = i64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        let wait = self.wait.get_or_insert_with(|| Box::pin(sleep(WAIT)));
        ready!(wait.as_mut().poll(cx));
        self.wait = None;
        Poll::Ready(self.left.next())
    }
}
