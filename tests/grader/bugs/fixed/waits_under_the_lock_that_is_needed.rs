//! fixed: it waits first, and locks then

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
    let counted = counted.await?;
    *total.lock().await += counted;
    counter.await?;
    Ok(())
}
