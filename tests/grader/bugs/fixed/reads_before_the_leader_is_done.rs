//! fixed: they meet again when the leader is done

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::ensure;
use service::Service;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

#[derive(Default)]
struct Sums {
    parts: AtomicU32,
    total: AtomicU32,
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (barrier, sums) = (Arc::new(Barrier::new(3)), Arc::new(Sums::default()));
    let mut workers = JoinSet::new();
    for part in 1..=3 {
        let (barrier, sums, service) = (barrier.clone(), sums.clone(), service.clone());
        workers.spawn(async move {
            service.call("count a part", 10).await;
            sums.parts.fetch_add(part, Ordering::Relaxed);
            if barrier.wait().await.is_leader() {
                service.call("check the parts", 6).await;
                let total = sums.parts.load(Ordering::Relaxed);
                sums.total.store(total, Ordering::Relaxed);
            }
            barrier.wait().await;
            service.call("open a report", 10).await;
            sums.total.load(Ordering::Relaxed)
        });
    }
    let reports = workers.join_all().await;
    ensure!(reports == [6; 3], "the reports say {reports:?}");
    Ok(())
}
