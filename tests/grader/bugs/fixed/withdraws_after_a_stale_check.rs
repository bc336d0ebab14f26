//! fixed: the lock is held from the check to the change

use std::sync::Arc;

use anyhow::ensure;
use service::Service;
use tokio::sync::Mutex;
use tokio::task::JoinSet;

struct Account {
    service: Service,
    balance: Mutex<i64>,
}

impl Account {
    async fn withdraw(&self, amount: i64) -> bool {
        let mut balance = self.balance.lock().await;
        if *balance < amount {
            return false;
        }
        self.service.call("authorize", 10).await;
        *balance -= amount;
        true
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let account = Arc::new(Account {
        service: service.clone(),
        balance: Mutex::new(100),
    });
    let mut customers = JoinSet::new();
    for n in 1..=3 {
        let (account, service) = (account.clone(), service.clone());
        customers.spawn(async move {
            service.call("customer comes", 15 * n).await;
            account.withdraw(60).await
        });
    }
    customers.join_all().await;
    let balance = *account.balance.lock().await;
    ensure!(balance >= 0, "the account is at {balance}");
    Ok(())
}
