//! fixed: the task is aborted, and asked whether it was done after all

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::ensure;
use service::Service;
use tokio::time::timeout;

async fn order(service: Service, shop: &'static str, ordered: Arc<AtomicU32>) {
    service.call(shop, 10).await;
    ordered.fetch_add(1, Ordering::Relaxed);
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let ordered = Arc::new(AtomicU32::new(0));
    let first = order(service.clone(), "first shop", ordered.clone());
    let mut first = tokio::spawn(first);
    if timeout(Duration::from_millis(13), &mut first)
        .await
        .is_err()
    {
        first.abort();
        if first.await.is_err() {
            order(service, "second shop", ordered.clone()).await;
        }
    }
    let ordered = ordered.load(Ordering::Relaxed);
    ensure!(ordered == 1, "{ordered} were ordered");
    Ok(())
}
