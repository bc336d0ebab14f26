//! passes
//! looks like: leaked-task
//! The end of a runtime drops its tasks where they wait, waits for its blocking jobs, and does not if told so.
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

static DROPPED: AtomicU64 = AtomicU64::new(0);

struct Told;

impl Drop for Told {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

fn busy(runtime: &Runtime) {
    let told = Told;
    runtime.spawn(async move {
        std::future::pending::<()>().await;
        drop(told);
    });
    runtime.spawn_blocking(|| std::thread::sleep(Duration::from_millis(100)));
}

fn took(end: impl FnOnce(Runtime), runtime: Runtime) -> u128 {
    busy(&runtime);
    let began = Instant::now();
    end(runtime);
    began.elapsed().as_millis()
}

pub fn program() -> u64 {
    let one = || Builder::new_current_thread().enable_all().build().unwrap();
    let many = || Runtime::new().unwrap();
    DROPPED.store(0, Ordering::Relaxed);
    let after_ms = |runtime: Runtime| runtime.shutdown_timeout(Duration::from_millis(30));
    assert_eq!((took(drop, one()), took(drop, many())), (100, 100));
    assert_eq!((took(after_ms, one()), took(after_ms, many())), (30, 30));
    assert_eq!(took(Runtime::shutdown_background, one()), 0);
    assert_eq!(took(Runtime::shutdown_background, many()), 0);
    std::thread::sleep(Duration::from_millis(1));
    assert_eq!(DROPPED.load(Ordering::Relaxed), 6);
    261
}
