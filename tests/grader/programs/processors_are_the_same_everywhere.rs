//! passes
//! A machine has four processors, whatever it has.
use std::thread::available_parallelism;
use std::time::Duration;

pub async fn scenario() -> u64 {
    let processors = available_parallelism().map_or(0, std::num::NonZero::get) as u64;
    tokio::time::sleep(Duration::from_millis(4)).await;
    processors
}
