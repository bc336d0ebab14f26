//! caught-by: nothing_is_made_ahead
//! finding: too-early
//!
//! The misconception: a channel with room for one makes nothing ahead. It makes one, and a second that waits
//! for room.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::stream::Stream;
use tokio::sync::mpsc::{Receiver, channel};
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
        let (sender, receiver) = channel(1);
        let (start, end) = (self.start, self.end);
        tokio::spawn(async move {
            for number in start..end {
                sleep(Duration::from_millis(100)).await;
                if sender.send(number).await.is_err() {
                    break;
                }
            }
        });
        Numbers(receiver)
    }
}

pub struct Numbers(Receiver<i64>);

impl Stream for Numbers {
    type Item = i64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        self.0.poll_recv(cx)
    }
}
