//! A few first tests: `cargo test`. They run on a paused clock, so they take no real time.
//!
//! They are a beginning: the grader looks at everything that `README.md` says, these do not.

use std::time::Duration;

use async_generator::{async_range, through, until};
use futures::stream::{self, StreamExt};
use tokio::time::{Instant, sleep};

#[tokio::test(start_paused = true)]
async fn five_numbers_take_500_ms() {
    let began = Instant::now();
    let numbers: Vec<i64> = async_range(0, 5).collect().await;
    assert_eq!(numbers, [0, 1, 2, 3, 4]);
    assert_eq!(began.elapsed(), Duration::from_millis(500));
}

#[tokio::test(start_paused = true)]
async fn each_number_goes_through_its_step() {
    let squares = through(stream::iter(1..4), async |number| {
        sleep(Duration::from_millis(10)).await;
        number * number
    });
    assert_eq!(squares.collect::<Vec<_>>().await, [1, 4, 9]);
}

#[tokio::test(start_paused = true)]
async fn an_endless_stream_ends_where_it_is_told() {
    let small = until(stream::iter(1..), |number| number * number > 20);
    assert_eq!(small.collect::<Vec<_>>().await, [1, 2, 3, 4]);
}
