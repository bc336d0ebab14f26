//! fixed: the branch only receives; what takes longer is done in its body

use std::time::Duration;

use anyhow::ensure;
use service::Service;
use tokio::sync::mpsc::{self, Receiver};
use tokio::time::interval;

async fn store(mut orders: Receiver<u32>, service: Service) -> Vec<u32> {
    let mut stored = Vec::new();
    let mut flush = interval(Duration::from_millis(22));
    loop {
        tokio::select! {
            order = orders.recv() => match order {
                Some(order) => {
                    service.call("check", 5).await;
                    stored.push(order);
                }
                None => return stored,
            },
            _ = flush.tick() => {}
        }
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (sender, orders) = mpsc::channel(8);
    let storing = tokio::spawn(store(orders, service.clone()));
    for order in 1..=4 {
        service.call("next order", 12).await;
        sender.send(order).await?;
    }
    drop(sender);
    let stored = storing.await?;
    ensure!(stored == [1, 2, 3, 4], "stored: {stored:?}");
    Ok(())
}
