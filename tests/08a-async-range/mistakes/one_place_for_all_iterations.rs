//! caught-by: a_second_iteration_starts_afresh
//! finding: wrong-value
//!
//! The lesson's own class does this: `__aiter__` gives the range itself, with one `current` for all.

use std::future::Future;
use std::ops::Range;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures::stream::Stream;
use tokio::time::{Sleep, sleep};

/// From the moment a number is asked for until it is there.
const WAIT: Duration = Duration::from_millis(100);

/// The numbers from `start` up to, and not including, `end`.
pub struct AsyncRange {
    start: i64,
    numbers: Arc<Mutex<Range<i64>>>,
}

impl AsyncRange {
    /// The range. It is empty when `end` is not above `start`.
    pub fn new(start: i64, end: i64) -> Self {
        let numbers = Arc::new(Mutex::new(start..end));
        Self { start, numbers }
    }

    /// An iteration over all of the range, of its own.
    pub fn iter(&self) -> Numbers {
        self.numbers.lock().unwrap().start = self.start;
        Numbers {
            left: self.numbers.clone(),
            wait: None,
        }
    }
}

/// One iteration: each number comes 100 ms after it was asked for.
pub struct Numbers {
    left: Arc<Mutex<Range<i64>>>,
    /// The wait for the next number, once that has been asked for. It is kept from poll to poll: a
    /// new one would begin from the start, and one that is dropped wakes nobody.
    wait: Option<Pin<Box<Sleep>>>,
}

impl Stream for Numbers {
    type Item = i64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        if self.left.lock().unwrap().is_empty() {
            return Poll::Ready(None);
        }
        let wait = self.wait.get_or_insert_with(|| Box::pin(sleep(WAIT)));
        ready!(wait.as_mut().poll(cx));
        self.wait = None;
        let number = self.left.lock().unwrap().next();
        Poll::Ready(number)
    }
}
