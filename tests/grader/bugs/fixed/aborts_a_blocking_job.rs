//! fixed: the job looks whether it is still wanted

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::ensure;
use service::Service;
use tokio::task::spawn_blocking;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let written = Arc::new(AtomicBool::new(false));
    let file = written.clone();
    let cancelled = Arc::new(AtomicBool::new(false));
    let unwanted = cancelled.clone();
    let job = spawn_blocking(move || {
        thread::sleep(Duration::from_millis(15));
        if !unwanted.load(Ordering::SeqCst) {
            file.store(true, Ordering::SeqCst);
        }
    });
    service.call("user cancels", 20).await;
    cancelled.store(true, Ordering::SeqCst);
    let cancelled = !written.load(Ordering::SeqCst);
    job.await?;
    service.call("user looks", 40).await;
    let written = written.load(Ordering::SeqCst);
    ensure!(
        !(cancelled && written),
        "cancelled, and written all the same"
    );
    Ok(())
}
