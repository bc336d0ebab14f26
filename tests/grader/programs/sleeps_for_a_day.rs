//! fails: never-finishes
//! A timer is set, but far behind the virtual limit.
use std::time::Duration;

pub async fn scenario() -> u64 {
    tokio::time::sleep(Duration::from_secs(86_400)).await;
    86_400_000
}
