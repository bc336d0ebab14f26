//! fixed: a fair semaphore

use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::ensure;
use service::Service;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::sleep;

struct Counter(Semaphore);

impl Default for Counter {
    fn default() -> Self {
        Self(Semaphore::new(1))
    }
}

impl Counter {
    async fn enter(&self) {
        self.0.acquire().await.unwrap().forget();
    }

    fn leave(&self) {
        self.0.add_permits(1);
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let counter = Arc::new(Counter::default());
    let served = Arc::new(Mutex::new(Vec::new()));
    let mut customers = JoinSet::new();
    for n in 1..=4 {
        let (counter, served, service) = (counter.clone(), served.clone(), service.clone());
        customers.spawn(async move {
            sleep(Duration::from_millis(n)).await;
            counter.enter().await;
            served.lock().unwrap().push(n);
            service.call("serve", 20).await;
            counter.leave();
        });
    }
    customers.join_all().await;
    let served = served.lock().unwrap();
    ensure!(*served == [1, 2, 3, 4], "served in the order {served:?}");
    Ok(())
}
