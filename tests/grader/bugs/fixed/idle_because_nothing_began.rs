//! fixed: a permit is taken before the work is handed to a task

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::ensure;
use service::Service;
use tokio::sync::Semaphore;
use tokio::time::sleep;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let places = Arc::new(Semaphore::new(2));
    let saved = Arc::new(AtomicU32::new(0));
    for page in 1..=3 {
        let (free, service, done) = (places.clone(), service.clone(), saved.clone());
        let place = free.acquire_owned().await?;
        tokio::spawn(async move {
            let _place = place;
            service.call("save", 10).await;
            done.fetch_add(1, Ordering::SeqCst);
        });
        // Saving has begun.
        tokio::task::yield_now().await;
        while places.available_permits() < 2 {
            sleep(Duration::from_millis(1)).await;
        }
        let saved = saved.load(Ordering::SeqCst);
        ensure!(saved == page, "of {page} pages {saved} are saved");
    }
    Ok(())
}
