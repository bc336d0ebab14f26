//! bug: data and their end come through two channels, and the end is heard first
//! finding: wrong-value

use anyhow::ensure;
use service::Service;
use tokio::sync::mpsc;
use tokio::sync::oneshot;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (chunks, mut inbox) = mpsc::channel(8);
    let download = tokio::spawn(async move {
        for chunk in 1..=5 {
            service.call("next chunk", 5).await;
            chunks.send(chunk).await.unwrap();
        }
    });
    let (end, mut ended) = oneshot::channel();
    let storing = tokio::spawn(async move {
        let mut stored = 0;
        loop {
            tokio::select! {
                biased;
                _ = &mut ended => return stored,
                Some(_chunk) = inbox.recv() => stored += 1,
            }
        }
    });
    download.await?;
    let _ = end.send(());
    let stored = storing.await?;
    ensure!(stored == 5, "of 5 chunks {stored} are stored");
    Ok(())
}
