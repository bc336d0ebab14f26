//! fixed: the task is waited for

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::ensure;
use service::Service;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let saved = Arc::new(AtomicBool::new(false));
    let done = saved.clone();
    let saving = tokio::spawn(async move {
        service.call("save", 10).await;
        done.store(true, Ordering::Release);
    });
    saving.await?;
    ensure!(saved.load(Ordering::Acquire), "closed before all was saved");
    Ok(())
}
