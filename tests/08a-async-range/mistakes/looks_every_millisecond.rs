//! caught-by: whoever_waits_is_woken
//! finding: spinning
//!
//! The misconception: whoever waits has to look again, every so often.

use std::future::Future;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures::stream::Stream;
use tokio::time::{Instant, Sleep, sleep};

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
            due: None,
            look: None,
        }
    }
}

/// One iteration: each number comes 100 ms after it was asked for.
pub struct Numbers {
    left: Range<i64>,
    due: Option<Instant>,
    look: Option<Pin<Box<Sleep>>>,
}

impl Stream for Numbers {
    type Item = i64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        let due = *self.due.get_or_insert_with(|| Instant::now() + WAIT);
        while Instant::now() < due {
            let look = &mut self.look;
            let look = look.get_or_insert_with(|| Box::pin(sleep(Duration::from_millis(1))));
            ready!(look.as_mut().poll(cx));
            self.look = None;
            if Instant::now() < due {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
        }
        self.due = None;
        Poll::Ready(self.left.next())
    }
}
