//! passes
//! `#[tokio::main]` makes a runtime with a worker: the main future and its tasks take turns.
use std::time::Duration;
use tokio::runtime::{Handle, RuntimeFlavor};

#[tokio::main]
pub async fn program() -> u64 {
    assert_eq!(Handle::current().runtime_flavor(), RuntimeFlavor::MultiThread);
    let main = std::thread::current().id();
    let tasks: Vec<_> = [300, 100, 200]
        .map(|ms| {
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(ms)).await;
                assert_eq!(std::thread::current().name(), Some("tokio-rt-worker"));
                (ms, std::thread::current().id())
            })
        })
        .into_iter()
        .collect();
    let mut longest = 0;
    for task in tasks {
        let (ms, thread) = task.await.unwrap();
        assert_ne!(thread, main);
        longest = longest.max(ms);
    }
    longest
}
