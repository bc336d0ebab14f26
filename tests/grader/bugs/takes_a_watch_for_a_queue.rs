//! bug: a watch keeps the newest value only: what is replaced before it was seen is never seen
//! finding: wrong-value

use anyhow::ensure;
use service::Service;
use tokio::sync::watch;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (state, mut states) = watch::channel(0);
    let disk = service.clone();
    let audit = tokio::spawn(async move {
        let mut log = Vec::new();
        while states.changed().await.is_ok() {
            let state = *states.borrow_and_update();
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
