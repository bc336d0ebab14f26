//! fixed: the data have ended when their sender is gone

use anyhow::ensure;
use service::Service;
use tokio::sync::mpsc;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (chunks, mut inbox) = mpsc::channel(8);
    let download = tokio::spawn(async move {
        for chunk in 1..=5 {
            service.call("next chunk", 5).await;
            chunks.send(chunk).await.unwrap();
        }
    });
    let storing = tokio::spawn(async move {
        let mut stored = 0;
        while let Some(_chunk) = inbox.recv().await {
            stored += 1;
        }
        stored
    });
    download.await?;
    let stored = storing.await?;
    ensure!(stored == 5, "of 5 chunks {stored} are stored");
    Ok(())
}
