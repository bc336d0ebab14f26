//! caught-by: nothing_runs_ahead
//! finding: too-early
//!
//! The misconception: `buffered` only makes it faster. It takes the next number before anybody asks for it.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use async_stream::stream;
use futures::stream::{Stream, StreamExt};
use tokio::time::sleep;

/// The numbers from `start` up to, and not including, `end`: 100 ms of waiting, then a number.
pub fn async_range(start: i64, end: i64) -> impl Stream<Item = i64> {
    stream! {
        for number in start..end {
            sleep(Duration::from_millis(100)).await;
            yield number;
        }
    }
}

/// What `step` makes of each of the numbers: one after the other, and each when it is asked for.
pub fn through<S, F, Fut>(numbers: S, mut step: F) -> impl Stream<Item = i64>
where
    S: Stream<Item = i64>,
    F: FnMut(i64) -> Fut,
    Fut: Future<Output = i64>,
{
    numbers.map(step).buffered(2)
}

/// The numbers before the first of which `stop` says `true`. With that one it ends, and `numbers` is
/// dropped.
pub fn until<S, F>(numbers: S, mut stop: F) -> impl Stream<Item = i64>
where
    S: Stream<Item = i64>,
    F: FnMut(i64) -> bool,
{
    // A generator that has ended has dropped what was in it, `numbers` too.
    stream! {
        let mut numbers = pin!(numbers);
        while let Some(number) = numbers.next().await {
            if stop(number) {
                break;
            }
            yield number;
        }
    }
}
