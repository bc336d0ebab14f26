//! bug: two transfers lock the same two accounts, each its own first
//! finding: deadlock

use std::sync::Arc;

use service::Service;
use tokio::sync::Mutex;

async fn transfer(service: Service, accounts: Arc<[Mutex<i64>; 2]>, from: usize, to: usize) {
    let mut giver = accounts[from].lock().await;
    service.call("check", 8).await;
    let mut taker = accounts[to].lock().await;
    *giver -= 10;
    *taker += 10;
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
