//! Nothing but combinators of `futures`.

use std::future::{Future, ready};
use std::time::Duration;

use futures::stream::{self, Stream, StreamExt};
use tokio::time::sleep;

pub fn async_range(start: i64, end: i64) -> impl Stream<Item = i64> {
    stream::iter(start..end).then(|number| async move {
        sleep(Duration::from_millis(100)).await;
        number
    })
}

pub fn through<S, F, Fut>(numbers: S, step: F) -> impl Stream<Item = i64>
where
    S: Stream<Item = i64>,
    F: FnMut(i64) -> Fut,
    Fut: Future<Output = i64>,
{
    numbers.then(step)
}

pub fn until<S, F>(numbers: S, stop: F) -> impl Stream<Item = i64>
where
    S: Stream<Item = i64>,
    F: FnMut(i64) -> bool,
{
    // The whole state goes with the end, the stream below too.
    let state = (Box::pin(numbers), stop);
    let numbers = stream::unfold(state, |(mut numbers, mut stop)| async move {
        let number = numbers.next().await?;
        (!stop(number)).then_some((number, (numbers, stop)))
    });
    numbers.fuse().filter(|_| ready(true))
}
