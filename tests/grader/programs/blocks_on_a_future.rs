//! fails: blocked-executor
//! `block_on` of another executor holds the thread that its own timer needs.
use std::time::Duration;

pub async fn scenario() -> u64 {
    futures::executor::block_on(tokio::time::sleep(Duration::from_millis(5)));
    5
}
