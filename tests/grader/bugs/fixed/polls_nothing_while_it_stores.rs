//! fixed: each request is a task, which runs by itself

use std::time::Duration;

use anyhow::ensure;
use futures::{StreamExt, stream};
use service::Service;
use tokio::time::Instant;

/// The server hangs up on who says nothing for longer.
const PATIENCE: Duration = Duration::from_millis(24);

async fn request(service: Service) -> bool {
    let connected = Instant::now();
    service.call("connect", 10).await;
    connected.elapsed() <= PATIENCE
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let requests = stream::iter(0..6).map(|_| {
        let request = request(service.clone());
        async { tokio::spawn(request).await.unwrap() }
    });
    let mut answers = std::pin::pin!(requests.buffered(2));
    let mut answered = 0;
    while let Some(in_time) = answers.next().await {
        ensure!(in_time, "the server hung up on request {answered}");
        service.call("store", 10).await;
        answered += 1;
    }
    Ok(())
}
