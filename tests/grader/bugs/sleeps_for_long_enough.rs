//! bug: a task is given a fixed time, not waited for
//! finding: wrong-value

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::ensure;
use service::Service;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let saved = Arc::new(AtomicBool::new(false));
    let done = saved.clone();
    tokio::spawn(async move {
        service.call("save", 10).await;
        done.store(true, Ordering::Release);
    });
    tokio::time::sleep(Duration::from_millis(13)).await;
    ensure!(saved.load(Ordering::Acquire), "closed before all was saved");
    Ok(())
}
