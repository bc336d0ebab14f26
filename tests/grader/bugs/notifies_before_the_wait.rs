//! bug: a signal that is not kept is given after one yield, when the new task need not be waiting yet
//! finding: lost-wakeup

use std::sync::Arc;

use service::Service;
use tokio::sync::Notify;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let start = Arc::new(Notify::new());
    let started = start.clone();
    let worker = tokio::spawn(async move {
        started.notified().await;
        service.call("work", 10).await;
    });
    // The worker is ready now.
    tokio::task::yield_now().await;
    start.notify_waiters();
    worker.await?;
    Ok(())
}
