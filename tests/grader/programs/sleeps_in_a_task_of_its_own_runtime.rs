//! passes
//! advice: blocked-executor
//! at: 10
//! schedules: plain
//! A blocking sleep holds up the runtime that it is in, and no other.
use std::time::Duration;
use tokio::runtime::Runtime;

async fn blocks() {
    std::thread::sleep(Duration::from_millis(80));
}

pub fn program() -> u64 {
    let (held, free) = (Runtime::new().unwrap(), Runtime::new().unwrap());
    let blocks = held.spawn(blocks());
    let late = held.spawn(async {});
    let began = tokio::time::Instant::now();
    let elapsed = free.block_on(async move {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let free = began.elapsed();
        late.await.unwrap();
        (free.as_millis(), began.elapsed().as_millis())
    });
    held.block_on(blocks).unwrap();
    assert_eq!(elapsed, (20, 80));
    80
}
