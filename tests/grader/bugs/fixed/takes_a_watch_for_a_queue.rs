//! fixed: a queue keeps all of them

use anyhow::ensure;
use service::Service;
use tokio::sync::mpsc;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (state, mut states) = mpsc::unbounded_channel();
    let disk = service.clone();
    let audit = tokio::spawn(async move {
        let mut log = Vec::new();
        while let Some(state) = states.recv().await {
            disk.call("write to the log", 9).await;
            log.push(state);
        }
        log
    });
    for step in 1..=8 {
        service.call("next step", 10).await;
        state.send(step)?;
    }
    drop(state);
    let log = audit.await?;
    ensure!(log.len() == 8, "of 8 steps the log has {log:?}");
    Ok(())
}
