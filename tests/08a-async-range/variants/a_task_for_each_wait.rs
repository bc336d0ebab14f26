//! Each wait is a task of its own, which ends with the iteration: `unfold` over a `JoinSet`.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::stream::{self, LocalBoxStream, Stream, StreamExt};
use tokio::task::JoinSet;
use tokio::time::sleep;

pub struct AsyncRange {
    bounds: (i64, i64),
}

impl AsyncRange {
    pub fn new(start: i64, end: i64) -> Self {
        Self {
            bounds: (start, end),
        }
    }

    pub fn iter(&self) -> Numbers {
        let (start, end) = self.bounds;
        let numbers = stream::unfold(start, move |number| async move {
            if number >= end {
                return None;
            }
            let mut wait = JoinSet::new();
            wait.spawn(sleep(Duration::from_millis(100)));
            wait.join_next().await?.ok()?;
            Some((number, number + 1))
        });
        Numbers {
            numbers: Box::pin(numbers.fuse()),
        }
    }
}

pub struct Numbers {
    numbers: LocalBoxStream<'static, i64>,
}

impl Stream for Numbers {
    type Item = i64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        self.numbers.as_mut().poll_next(cx)
    }
}
