//! passes
//! looks like: swallowed-panic
//! Panics of tasks, jobs and sets that somebody reads, even if only to throw them away.
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use tokio::task::{JoinSet, LocalSet, spawn_blocking, spawn_local};

pub async fn scenario() -> u64 {
    let _ = tokio::spawn(async { panic!("a task") }).await;
    let reader = async { tokio::spawn(async { panic!("read by a task") }).await.is_err() };
    assert!(tokio::spawn(reader).await.unwrap());
    let error = spawn_blocking(|| panic!("a job")).await.unwrap_err();
    assert!(catch_unwind(AssertUnwindSafe(|| resume_unwind(error.into_panic()))).is_err());
    let mut set = JoinSet::new();
    set.spawn(async { panic!("a task of the set") });
    set.spawn_blocking(|| panic!("{} of the set", "a job"));
    let mut errors = Vec::new();
    while let Some(result) = set.join_next().await {
        errors.push(result.unwrap_err());
    }
    assert_eq!(errors.len(), 2);
    LocalSet::new()
        .run_until(async { assert!(spawn_local(async { panic!("local") }).await.is_err()) })
        .await;
    0
}
