//! fixed: what was missed is counted, and the stream goes on

use anyhow::ensure;
use service::Service;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

pub async fn scenario(_: Service) -> anyhow::Result<()> {
    let (events, mut inbox) = broadcast::channel(2);
    let counting = tokio::spawn(async move {
        let mut counted = 0;
        loop {
            match inbox.recv().await {
                Ok(_) => counted += 1,
                Err(RecvError::Lagged(missed)) => counted += missed,
                Err(RecvError::Closed) => break,
            }
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
