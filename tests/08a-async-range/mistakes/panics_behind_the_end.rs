//! caught-by: the_end_is_the_end
//! finding: panicked
//!
//! The misconception: nobody asks again after the end. `unfold` takes it badly, so it needs a `fuse`.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::stream::{self, BoxStream, Stream, StreamExt};
use tokio::time::sleep;

pub struct AsyncRange {
    start: i64,
    end: i64,
}

impl AsyncRange {
    pub fn new(start: i64, end: i64) -> Self {
        Self { start, end }
    }

    pub fn iter(&self) -> Numbers {
        let (start, end) = (self.start, self.end);
        let numbers = stream::unfold(start, move |number| async move {
            if number >= end {
                return None;
            }
            sleep(Duration::from_millis(100)).await;
            Some((number, number + 1))
        });
        Numbers(numbers.boxed())
    }
}

pub struct Numbers(BoxStream<'static, i64>);

impl Stream for Numbers {
    type Item = i64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        self.0.poll_next_unpin(cx)
    }
}
