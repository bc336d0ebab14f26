//! passes
//! A handle's tasks and jobs are the runtime's own, like any other.
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let handle = Handle::current();
    let job = handle.spawn_blocking(|| std::thread::sleep(Duration::from_millis(10)));
    let task = handle.spawn(sleep(Duration::from_millis(20)));
    let mut set = JoinSet::new();
    set.spawn_on(sleep(Duration::from_millis(30)), &handle);
    set.spawn_blocking(|| std::thread::sleep(Duration::from_millis(5)));
    job.await.unwrap();
    task.await.unwrap();
    set.join_all().await;
    30
}
