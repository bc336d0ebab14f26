//! passes
//! looks like: panicked
//! A panic that is caught, or that a task's `JoinError` brings, is the program's own affair.
pub async fn scenario() -> u64 {
    assert!(std::panic::catch_unwind(|| panic!("inner")).is_err());
    let task = tokio::spawn(async { panic!("task") });
    assert!(task.await.unwrap_err().is_panic());
    0
}
