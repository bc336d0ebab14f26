//! caught-by: whoever_waits_is_woken
//! finding: deadlock
//!
//! The misconception: the waker of the first poll is the one to wake. Whoever polled last waits.

use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures::stream::Stream;
use tokio::task::JoinHandle;
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
            wait: None,
            there: Arc::default(),
        }
    }
}

/// One iteration: each number comes 100 ms after it was asked for.
pub struct Numbers {
    left: Range<i64>,
    /// The wait for the next number, once that has been asked for. It is kept from poll to poll: a
    /// new one would begin from the start, and one that is dropped wakes nobody.
    wait: Option<JoinHandle<()>>,
    there: Arc<AtomicBool>,
}

impl Stream for Numbers {
    type Item = i64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        let there = Arc::clone(&self.there);
        if self.wait.is_none() {
            let waker = cx.waker().clone();
            self.wait = Some(tokio::spawn(async move {
                sleep(WAIT).await;
                there.store(true, Ordering::Relaxed);
                waker.wake();
            }));
        }
        if !self.there.swap(false, Ordering::Relaxed) {
            return Poll::Pending;
        }
        self.wait = None;
        Poll::Ready(self.left.next())
    }
}
