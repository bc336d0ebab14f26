//! passes
//! advice: swallowed-panic
//! at: 15
//! says: looked: a task of the set
//! says: looked: a job of the set
//! says: looked: a job
//! says: looked: a local task
//! Sets of tasks, jobs and local tasks are dropped with panics in them.
use std::time::Duration;
use tokio::task::{JoinSet, LocalSet, spawn_blocking, spawn_local};
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let mut set = JoinSet::new();
    set.spawn(async { panic!("a task of the set") });
    set.spawn_blocking(|| panic!("a job of the set"));
    let handle = spawn_blocking(|| panic!("a job"));
    LocalSet::new()
        .run_until(async {
            drop(spawn_local(async { panic!("a local task") }));
            sleep(Duration::from_millis(1)).await;
        })
        .await;
    assert!(handle.is_finished());
    handle.abort();
    1
}
