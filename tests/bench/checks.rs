//! The eleven checks of exercise-3 as a student would write them without a grader: ordinary tests
//! under tokio's paused clock. The benchmark compares `grade exercise-3` with `cargo test` of these.

use std::panic::catch_unwind;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rate_limiter::{RateLimiter, rate_limited};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};

const SECOND: Duration = Duration::from_secs(1);

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// When each caller was admitted, in ms since the first could call.
async fn admitted(limit: u32, window: Duration, calls: impl IntoIterator<Item = u64>) -> Vec<(u64, usize)> {
    let limiter = Arc::new(RateLimiter::new(limit, window));
    let began = Instant::now();
    let log = Arc::new(Mutex::new(Vec::new()));
    let mut callers = JoinSet::new();
    for (n, at) in calls.into_iter().enumerate() {
        let (limiter, log) = (limiter.clone(), log.clone());
        callers.spawn(async move {
            sleep_until(began + ms(at)).await;
            limiter.acquire().await;
            log.lock().unwrap().push((began.elapsed().as_millis() as u64, n));
        });
    }
    callers.join_all().await;
    let log = log.lock().unwrap();
    log.clone()
}

fn keeps_the_limit(log: &[(u64, usize)], limit: usize, window: u64) {
    for crowd in log.windows(limit + 1) {
        assert!(crowd[limit].0 - crowd[0].0 >= window, "{crowd:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn first_caller_does_not_wait() {
    assert_eq!(admitted(5, SECOND, [0]).await, [(0, 0)]);
    assert_eq!(admitted(5, SECOND, [730]).await, [(730, 0)]);
    assert_eq!(admitted(5, SECOND, [0, 2530]).await[1], (2530, 1));
}

#[tokio::test(start_paused = true)]
async fn no_window_admits_more_than_the_limit() {
    keeps_the_limit(&admitted(10, SECOND, [0; 35]).await, 10, 1000);
    keeps_the_limit(&admitted(10, SECOND, [0].into_iter().chain([930; 34])).await, 10, 1000);
    keeps_the_limit(&admitted(10, SECOND, (0..40).map(|n| 37 * n)).await, 10, 1000);
    keeps_the_limit(&admitted(1, ms(50), [0; 5]).await, 1, 50);
}

#[tokio::test(start_paused = true)]
async fn admissions_come_in_time() {
    for (k, (at, _)) in admitted(10, SECOND, [0; 31]).await.into_iter().enumerate() {
        assert!(at <= k as u64 * 100, "admission {k} at {at} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn callers_are_admitted_in_order() {
    let log = admitted(2, SECOND, [0, 1, 2, 3, 4, 5, 6, 7]).await;
    assert!(log.is_sorted_by_key(|(_, caller)| *caller), "{log:?}");
}

#[tokio::test(start_paused = true)]
async fn a_dropped_caller_takes_no_permit() {
    let limiter = Arc::new(RateLimiter::new(1, SECOND));
    limiter.acquire().await;
    let began = Instant::now();
    assert!(timeout(ms(300), limiter.acquire()).await.is_err());
    limiter.acquire().await;
    assert!(began.elapsed() <= SECOND);
}

#[tokio::test(start_paused = true)]
async fn idle_time_saves_nothing_up() {
    let calls = [0].into_iter().chain([5030; 24]);
    keeps_the_limit(&admitted(10, SECOND, calls).await, 10, 1000);
}

#[tokio::test(start_paused = true)]
async fn try_acquire_never_waits() {
    let limiter = Arc::new(RateLimiter::new(1, SECOND));
    let began = Instant::now();
    assert!(limiter.try_acquire());
    let waiting = tokio::spawn({
        let limiter = limiter.clone();
        async move { limiter.acquire().await }
    });
    sleep(ms(10)).await;
    assert!(!limiter.try_acquire());
    assert_eq!(began.elapsed(), ms(10));
    waiting.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn other_work_goes_on() {
    let beats = tokio::spawn(async {
        let began = Instant::now();
        for n in 1..=100 {
            sleep(ms(10)).await;
            assert_eq!(began.elapsed(), ms(10 * n));
        }
    });
    admitted(10, SECOND, [0; 11]).await;
    beats.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn jobs_overlap_and_keep_their_order() {
    let limiter = RateLimiter::new(2, SECOND);
    let began = Instant::now();
    let jobs = (0..4).map(|n| async move {
        sleep(ms(3000 - 500 * n)).await;
        n
    });
    assert_eq!(rate_limited(&limiter, jobs.collect()).await, [0, 1, 2, 3]);
    assert!(began.elapsed() <= ms(4500));
}

#[tokio::test(start_paused = true)]
async fn nothing_outlives_the_limiter() {
    let alive = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let before = alive();
    admitted(2, ms(100), [0; 5]).await;
    sleep(ms(200)).await;
    assert_eq!(alive(), before);
}

#[tokio::test(start_paused = true)]
async fn zero_is_refused() {
    assert!(catch_unwind(|| RateLimiter::new(0, SECOND)).is_err());
    assert!(catch_unwind(|| RateLimiter::new(1, Duration::ZERO)).is_err());
}
