//! passes
//! looks like: deadlock
//! A runtime that nobody drives is a bounded pool of threads: two jobs at a time, and one whose handle is
//! aborted while it waits for a thread never begins.
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::time::{Instant, sleep};

pub async fn scenario() -> u64 {
    let pool = Builder::new_current_thread()
        .max_blocking_threads(2)
        .build()
        .unwrap();
    let (began, ran) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let job = || {
        let ran = ran.clone();
        pool.spawn_blocking(move || {
            thread::sleep(Duration::from_millis(30));
            ran.fetch_add(1, Ordering::Relaxed) + 1
        })
    };
    let (first, second, aborted, third) = (job(), job(), job(), job());
    sleep(Duration::from_millis(10)).await;
    aborted.abort();
    assert_eq!(first.await.unwrap() + second.await.unwrap(), 3);
    assert_eq!(began.elapsed(), Duration::from_millis(30));
    assert!(aborted.await.unwrap_err().is_cancelled());
    assert_eq!(third.await.unwrap(), 3);
    let never = [job(), job(), job()].map(|handle| handle);
    pool.shutdown_background();
    let [.., queued] = never;
    assert!(queued.await.unwrap_err().is_cancelled());
    began.elapsed().as_millis() as u64
}
