//! passes

/// A clock that is not paused, an hour long: it is the drive's all the same.
pub async fn answer() -> u32 {
    let hour = || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        runtime.block_on(tokio::time::sleep(std::time::Duration::from_secs(100)));
        42
    };
    tokio::task::spawn_blocking(hour).await.unwrap()
}
