//! bug: a receiver of a broadcast that lags behind takes the error for the end of the stream
//! finding: wrong-value

use anyhow::ensure;
use service::Service;
use tokio::sync::broadcast;

pub async fn scenario(_: Service) -> anyhow::Result<()> {
    let (events, mut inbox) = broadcast::channel(2);
    let counting = tokio::spawn(async move {
        let mut counted = 0;
        while inbox.recv().await.is_ok() {
            counted += 1;
        }
        counted
    });
    for event in 1..=6 {
        let _ = events.send(event);
        // Who listens has its turn.
        tokio::task::yield_now().await;
    }
    drop(events);
    let counted = counting.await?;
    ensure!(counted == 6, "of 6 events {counted} were counted");
    Ok(())
}
