//! passes
//! looks like: real-clock
//! looks like: blocked-executor
//! A runtime for the current thread, in virtual time: two tasks and what waits for them overlap.
use std::time::Duration;
use tokio::runtime::{Builder, Handle, RuntimeFlavor};
use tokio::time::sleep;

pub fn program() -> u64 {
    assert!(Handle::try_current().is_err());
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let began = std::time::Instant::now();
    let lasts = |ms| async move {
        assert_eq!(Handle::current().runtime_flavor(), RuntimeFlavor::CurrentThread);
        sleep(Duration::from_millis(ms)).await;
        ms
    };
    let before = runtime.spawn(lasts(30));
    let sum = runtime.block_on(async {
        let other = tokio::spawn(lasts(50));
        sleep(Duration::from_millis(20)).await;
        before.await.unwrap() + other.await.unwrap()
    });
    assert_eq!((sum, began.elapsed()), (80, Duration::from_millis(50)));
    assert_eq!(runtime.block_on(async { tokio::time::Instant::now().into_std() }), std::time::Instant::now());
    assert!(Handle::try_current().is_err());
    50
}
