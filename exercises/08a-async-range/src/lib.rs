//! A range whose numbers take time: a stream, written by hand.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::pin::Pin;
use std::task::{Context, Poll};

use futures::stream::Stream;

/// The numbers from `start` up to, and not including, `end`.
pub struct AsyncRange {
    // What does a range have to remember?
}

impl AsyncRange {
    /// The range. It is empty when `end` is not above `start`.
    pub fn new(start: i64, end: i64) -> Self {
        todo!("AsyncRange::new")
    }

    /// An iteration over all of the range, of its own.
    pub fn iter(&self) -> Numbers {
        todo!("AsyncRange::iter")
    }
}

/// One iteration: each number comes 100 ms after it was asked for.
pub struct Numbers {
    // What does an iteration have to remember, from one `poll_next` to the next?
}

impl Stream for Numbers {
    type Item = i64;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        todo!("Numbers::poll_next")
    }
}
