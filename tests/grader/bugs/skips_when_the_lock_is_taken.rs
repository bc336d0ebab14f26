//! bug: try_lock skips the update when somebody else has the lock
//! finding: wrong-value

use std::sync::Arc;

use anyhow::ensure;
use service::Service;
use tokio::sync::Mutex;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let hits = Arc::new(Mutex::new(0));
    let (counted, disk) = (hits.clone(), service.clone());
    let snapshot = tokio::spawn(async move {
        disk.call("time for a snapshot", 12).await;
        let hits = counted.lock().await;
        disk.call("write", 5).await;
        *hits
    });
    for _ in 0..3 {
        service.call("request comes", 10).await;
        if let Ok(mut hits) = hits.try_lock() {
            *hits += 1;
        }
    }
    snapshot.await?;
    let hits = *hits.lock().await;
    ensure!(hits == 3, "of 3 requests {hits} were counted");
    Ok(())
}
