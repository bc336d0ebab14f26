//! fixed: a signal that is kept for who comes later

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
    start.notify_one();
    worker.await?;
    Ok(())
}
