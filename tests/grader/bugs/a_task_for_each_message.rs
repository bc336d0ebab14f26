//! bug: messages that come in order are handled by a task each, and the tasks keep no order
//! finding: wrong-value

use std::sync::{Arc, Mutex};

use anyhow::ensure;
use service::Service;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

async fn apply(service: Service, change: u32, log: Arc<Mutex<Vec<u32>>>) {
    service.call("look up", 4).await;
    log.lock().unwrap().push(change);
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (sender, mut changes) = mpsc::channel(8);
    for change in 1..=4 {
        sender.send(change).await?;
    }
    drop(sender);
    let log = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = JoinSet::new();
    while let Some(change) = changes.recv().await {
        tasks.spawn(apply(service.clone(), change, log.clone()));
    }
    tasks.join_all().await;
    let log = log.lock().unwrap();
    ensure!(*log == [1, 2, 3, 4], "applied in the order {log:?}");
    Ok(())
}
