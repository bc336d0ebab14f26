//! A few first tests: `cargo test`. They run on a paused clock, so they take no real time.
//!
//! They are a beginning: the grader looks at everything that `README.md` says, these do not.

use std::time::Duration;

use async_range::AsyncRange;
use futures::stream::StreamExt;
use tokio::time::Instant;

#[tokio::test(start_paused = true)]
async fn five_numbers_take_500_ms() {
    let began = Instant::now();
    let numbers: Vec<i64> = AsyncRange::new(0, 5).iter().collect().await;
    assert_eq!(numbers, [0, 1, 2, 3, 4]);
    assert_eq!(began.elapsed(), Duration::from_millis(500));
}

#[tokio::test(start_paused = true)]
async fn a_second_iteration_starts_afresh() {
    let range = AsyncRange::new(7, 9);
    assert_eq!(range.iter().collect::<Vec<_>>().await, [7, 8]);
    assert_eq!(range.iter().collect::<Vec<_>>().await, [7, 8]);
}

#[tokio::test(start_paused = true)]
async fn an_empty_range_ends_at_once() {
    let began = Instant::now();
    assert_eq!(AsyncRange::new(3, 3).iter().next().await, None);
    assert_eq!(began.elapsed(), Duration::ZERO);
}
