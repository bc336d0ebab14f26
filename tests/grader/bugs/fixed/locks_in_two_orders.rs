//! fixed: all lock in the order of the accounts' numbers

use std::sync::Arc;

use service::Service;
use tokio::sync::Mutex;

async fn transfer(service: Service, accounts: Arc<[Mutex<i64>; 2]>, from: usize, to: usize) {
    let (low, high) = (from.min(to), from.max(to));
    let mut first = accounts[low].lock().await;
    service.call("check", 8).await;
    let mut second = accounts[high].lock().await;
    let moved = if from < to { 10 } else { -10 };
    *first -= moved;
    *second += moved;
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let accounts = Arc::new([Mutex::new(100), Mutex::new(100)]);
    let there = transfer(service.clone(), accounts.clone(), 0, 1);
    let there = tokio::spawn(there);
    service.call("next transfer", 10).await;
    let back = tokio::spawn(transfer(service, accounts, 1, 0));
    there.await?;
    back.await?;
    Ok(())
}
