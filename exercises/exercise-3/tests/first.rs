//! A few first tests: `cargo test`. They run on a paused clock, so they take no real time.
//!
//! They are a beginning: the grader looks at everything that `README.md` says, these do not.

use std::sync::Arc;
use std::time::Duration;

use rate_limiter::{RateLimiter, rate_limited};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

const LIMIT: usize = 4;
const WINDOW: Duration = Duration::from_millis(400);

fn limiter() -> Arc<RateLimiter> {
    Arc::new(RateLimiter::new(4, WINDOW))
}

/// Calls `acquire` `callers` times at once and returns when each got in, earliest first.
async fn admissions(limiter: &Arc<RateLimiter>, callers: usize) -> Vec<Duration> {
    let start = Instant::now();
    let mut waiting = JoinSet::new();
    for _ in 0..callers {
        let limiter = Arc::clone(limiter);
        waiting.spawn(async move {
            limiter.acquire().await;
            start.elapsed()
        });
    }
    let mut times = waiting.join_all().await;
    times.sort();
    times
}

#[tokio::test(start_paused = true)]
async fn the_first_caller_does_not_wait() {
    assert_eq!(admissions(&limiter(), 1).await, [Duration::ZERO]);
}

#[tokio::test(start_paused = true)]
async fn no_window_admits_more_than_the_limit() {
    let times = admissions(&limiter(), 13).await;
    for (earlier, later) in times.iter().zip(&times[LIMIT..]) {
        assert!(
            *later - *earlier >= WINDOW,
            "more than {LIMIT} callers from {earlier:?} to {later:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn thirteen_callers_are_in_after_three_windows() {
    let times = admissions(&limiter(), 13).await;
    assert!(
        times[12] <= 3 * WINDOW,
        "the last one came in at {:?}",
        times[12]
    );
}

#[tokio::test(start_paused = true)]
async fn an_idle_limiter_admits_a_try() {
    assert!(limiter().try_acquire());
}

#[tokio::test(start_paused = true)]
async fn results_keep_the_order_of_the_jobs() {
    let jobs = (0..6u64)
        .map(|n| async move {
            sleep(Duration::from_millis(900 - 140 * n)).await;
            n
        })
        .collect();
    assert_eq!(rate_limited(&limiter(), jobs).await, [0, 1, 2, 3, 4, 5]);
}
