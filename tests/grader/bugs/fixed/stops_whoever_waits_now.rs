//! fixed: a token stays cancelled

use std::time::Duration;

use service::Service;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let stop = CancellationToken::new();
    let (stopped, server) = (stop.clone(), service.clone());
    let refresher = tokio::spawn(async move {
        loop {
            tokio::select! {
                () = stopped.cancelled() => return,
                () = sleep(Duration::from_millis(20)) => server.call("refresh", 10).await,
            }
        }
    });
    service.call("serve", 40).await;
    stop.cancel();
    refresher.await?;
    Ok(())
}
