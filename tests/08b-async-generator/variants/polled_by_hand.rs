//! Streams by hand, as in 08a.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures::stream::Stream;
use tokio::time::{Sleep, sleep};

pub fn async_range(start: i64, end: i64) -> impl Stream<Item = i64> {
    Range {
        left: start..end,
        wait: None,
    }
}

struct Range {
    left: std::ops::Range<i64>,
    wait: Option<Pin<Box<Sleep>>>,
}

impl Stream for Range {
    type Item = i64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        let wait = || Box::pin(sleep(Duration::from_millis(100)));
        ready!(self.wait.get_or_insert_with(wait).as_mut().poll(cx));
        self.wait = None;
        Poll::Ready(self.left.next())
    }
}

pub fn through<S, F, Fut>(numbers: S, step: F) -> impl Stream<Item = i64>
where
    S: Stream<Item = i64>,
    F: FnMut(i64) -> Fut,
    Fut: Future<Output = i64>,
{
    Through {
        numbers: Box::pin(numbers),
        step: Box::new(step),
        now: None,
    }
}

struct Through<S, F, Fut> {
    numbers: Pin<Box<S>>,
    step: Box<F>,
    now: Option<Pin<Box<Fut>>>,
}

impl<S, F, Fut> Stream for Through<S, F, Fut>
where
    S: Stream<Item = i64>,
    F: FnMut(i64) -> Fut,
    Fut: Future<Output = i64>,
{
    type Item = i64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        let this = &mut *self;
        if this.now.is_none() {
            let Some(number) = ready!(this.numbers.as_mut().poll_next(cx)) else {
                return Poll::Ready(None);
            };
            this.now = Some(Box::pin((this.step)(number)));
        }
        let now = this.now.as_mut().expect("it was just put there");
        let number = ready!(now.as_mut().poll(cx));
        this.now = None;
        Poll::Ready(Some(number))
    }
}

pub fn until<S, F>(numbers: S, stop: F) -> impl Stream<Item = i64>
where
    S: Stream<Item = i64>,
    F: FnMut(i64) -> bool,
{
    Until {
        numbers: Some(Box::pin(numbers)),
        stop: Box::new(stop),
    }
}

struct Until<S, F> {
    numbers: Option<Pin<Box<S>>>,
    stop: Box<F>,
}

impl<S, F> Stream for Until<S, F>
where
    S: Stream<Item = i64>,
    F: FnMut(i64) -> bool,
{
    type Item = i64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<i64>> {
        let this = &mut *self;
        let Some(numbers) = &mut this.numbers else {
            return Poll::Ready(None);
        };
        match ready!(numbers.as_mut().poll_next(cx)) {
            Some(number) if !(this.stop)(number) => Poll::Ready(Some(number)),
            _ => {
                this.numbers = None;
                Poll::Ready(None)
            }
        }
    }
}
