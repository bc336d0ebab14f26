//! A generator of numbers, and two functions that make a stream out of a stream.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::future::Future;

use futures::stream::{self, Stream};

/// The numbers from `start` up to, and not including, `end`: 100 ms of waiting, then a number.
pub fn async_range(start: i64, end: i64) -> impl Stream<Item = i64> {
    todo!("async_range");
    // Here because the compiler wants to see some stream.
    #[expect(unreachable_code)]
    stream::empty()
}

/// What `step` makes of each of the numbers: one after the other, and each when it is asked for.
pub fn through<S, F, Fut>(numbers: S, step: F) -> impl Stream<Item = i64>
where
    S: Stream<Item = i64>,
    F: FnMut(i64) -> Fut,
    Fut: Future<Output = i64>,
{
    todo!("through");
    #[expect(unreachable_code)]
    stream::empty()
}

/// The numbers before the first of which `stop` says `true`. With that one it ends, and `numbers` is
/// dropped.
pub fn until<S, F>(numbers: S, stop: F) -> impl Stream<Item = i64>
where
    S: Stream<Item = i64>,
    F: FnMut(i64) -> bool,
{
    todo!("until");
    #[expect(unreachable_code)]
    stream::empty()
}
