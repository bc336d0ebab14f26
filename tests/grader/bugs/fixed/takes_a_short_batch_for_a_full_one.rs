//! fixed: a batch is as long as it is

use std::time::Duration;

use service::Service;
use tokio::sync::mpsc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (sender, readings) = mpsc::channel(8);
    let sensor = tokio::spawn(async move {
        for reading in 1..=12 {
            service.call("next reading", 10).await;
            sender.send(reading).await.unwrap();
        }
    });
    let batches = ReceiverStream::new(readings).chunks_timeout(3, Duration::from_millis(25));
    let mut batches = std::pin::pin!(batches);
    let mut sums = Vec::new();
    while let Some(batch) = batches.next().await {
        sums.push(batch.iter().sum());
    }
    sensor.await?;
    anyhow::ensure!(sums.iter().sum::<u32>() == 78, "the sums are {sums:?}");
    Ok(())
}
