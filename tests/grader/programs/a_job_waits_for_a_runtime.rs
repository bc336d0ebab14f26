//! passes
//! looks like: blocked-executor
//! Blocking jobs with runtimes of their own, and one that waits through the handle of its runtime: all beside
//! the runtime that spawned them.
use std::time::Duration;
use tokio::runtime::{Builder, Handle};
use tokio::task::spawn_blocking;
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let own = |ms| {
        spawn_blocking(move || {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            let other = runtime.spawn(sleep(Duration::from_millis(10)));
            runtime.block_on(async {
                sleep(Duration::from_millis(ms)).await;
                other.await.unwrap();
            });
        })
    };
    let jobs = [own(40), own(70)];
    let beside = spawn_blocking(|| Handle::current().block_on(sleep(Duration::from_millis(90))));
    sleep(Duration::from_millis(60)).await;
    for job in jobs {
        job.await.unwrap();
    }
    beside.await.unwrap();
    90
}
