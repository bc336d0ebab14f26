//! bug: all who wait are woken, and whoever runs first gets in: nothing keeps the order in which they came
//! finding: wrong-value

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::ensure;
use service::Service;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::sleep;

#[derive(Default)]
struct Counter {
    taken: AtomicBool,
    free: Notify,
}

impl Counter {
    async fn enter(&self) {
        while self.taken.swap(true, Ordering::SeqCst) {
            self.free.notified().await;
        }
    }

    fn leave(&self) {
        self.taken.store(false, Ordering::SeqCst);
        self.free.notify_waiters();
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
