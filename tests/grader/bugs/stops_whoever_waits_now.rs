//! bug: a stop is told to those who wait for it now, and a busy task does not
//! finding: never-finishes

use std::sync::Arc;
use std::time::Duration;

use service::Service;
use tokio::sync::Notify;
use tokio::time::sleep;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let stop = Arc::new(Notify::new());
    let (stopped, server) = (stop.clone(), service.clone());
    let refresher = tokio::spawn(async move {
        loop {
            tokio::select! {
                () = stopped.notified() => return,
                () = sleep(Duration::from_millis(20)) => server.call("refresh", 10).await,
            }
        }
    });
    service.call("serve", 40).await;
    stop.notify_waiters();
    refresher.await?;
    Ok(())
}
