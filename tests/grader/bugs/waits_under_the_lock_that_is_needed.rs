//! bug: a task waits, under a lock, for another that needs the lock to go on
//! finding: deadlock

use std::sync::Arc;

use service::Service;
use tokio::sync::{Mutex, oneshot};

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let total = Arc::new(Mutex::new(0));
    let (sender, counted) = oneshot::channel();
    let (parts, server) = (total.clone(), service.clone());
    let counter = tokio::spawn(async move {
        server.call("count", 10).await;
        *parts.lock().await += 1;
        let _ = sender.send(1);
    });
    service.call("prepare", 15).await;
    let mut total = total.lock().await;
    *total += counted.await?;
    counter.await?;
    Ok(())
}
