//! fixed: both permits are taken at once

use std::sync::Arc;

use service::Service;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

async fn copy(service: Service, handles: Arc<Semaphore>) {
    let _both = handles.acquire_many(2).await.unwrap();
    service.call("open", 8).await;
    service.call("copy", 3).await;
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let handles = Arc::new(Semaphore::new(2));
    let mut copies = JoinSet::new();
    for _ in 0..3 {
        copies.spawn(copy(service.clone(), handles.clone()));
        service.call("next file", 12).await;
    }
    copies.join_all().await;
    Ok(())
}
