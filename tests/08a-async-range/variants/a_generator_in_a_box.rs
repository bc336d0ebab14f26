//! Nothing by hand: the iteration is a generator in a box.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use async_stream::stream;
use futures::stream::{BoxStream, Stream, StreamExt};
use tokio::time::sleep;

#[derive(Clone, Copy)]
pub struct AsyncRange {
    start: i64,
    end: i64,
}

impl AsyncRange {
    pub fn new(start: i64, end: i64) -> Self {
        Self { start, end }
    }

    pub fn iter(&self) -> Numbers {
        let Self { start, end } = *self;
        let numbers = stream! {
            for number in start..end {
                sleep(Duration::from_millis(100)).await;
                yield number;
            }
        };
        Numbers(numbers.boxed().fuse())
    }
}

pub struct Numbers(futures::stream::Fuse<BoxStream<'static, i64>>);

impl Stream for Numbers {
    type Item = i64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        self.0.poll_next_unpin(cx)
    }
}
