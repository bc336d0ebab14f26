//! fails: panicked
//! says: timers are disabled
//! A runtime has what its builder was told to enable.
use std::time::Duration;
use tokio::runtime::Builder;

pub fn program() -> u64 {
    let runtime = Builder::new_current_thread().build().unwrap();
    runtime.block_on(async { tokio::time::sleep(Duration::from_millis(1)).await });
    1
}
