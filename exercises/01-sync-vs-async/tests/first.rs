//! A few first tests: `cargo test`. They run on a paused clock, so they take no real time.
//!
//! They are a beginning: the grader looks at everything that `README.md` says, these do not. On the paused
//! clock a computation takes no time at all; the grader's own computations do.

use std::time::Duration;

use sync_vs_async::{Kind, compare, in_turn, kind_of, together};
use tokio::time::{Instant, sleep};

const SECOND: Duration = Duration::from_secs(1);
const TASKS: [(&str, Duration); 3] = [("Task1", SECOND), ("Task2", SECOND), ("Task3", SECOND)];

#[tokio::test(start_paused = true)]
async fn in_turn_is_the_sum() {
    let began = Instant::now();
    in_turn(&TASKS).await;
    assert_eq!(began.elapsed(), 3 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn together_is_the_longest() {
    let began = Instant::now();
    together(&TASKS).await;
    assert_eq!(began.elapsed(), SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_job_that_waits_is_io_bound() {
    let wait = async || sleep(SECOND).await;
    assert_eq!(compare(4, wait).await, (4 * SECOND, SECOND));
    assert_eq!(kind_of(wait).await, Kind::IoBound);
}
