//! passes
pub async fn answer() -> u32 {
    assert!(std::panic::catch_unwind(|| panic!("caught")).is_err());
    assert!(tokio::spawn(async { panic!("in a task") }).await.is_err());
    42
}
