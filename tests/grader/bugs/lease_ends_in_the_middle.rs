//! bug: a lock that runs out by itself is held to be ours until the work is done
//! finding: wrong-value

use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::ensure;
use service::Service;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

const LEASE: Duration = Duration::from_millis(13);

struct Store {
    until: Instant,
    number: u32,
    value: u32,
}

async fn lease(store: &Mutex<Store>) -> u32 {
    loop {
        let until = store.lock().unwrap().until;
        sleep_until(until).await;
        let mut store = store.lock().unwrap();
        if store.until <= Instant::now() {
            store.until = Instant::now() + LEASE;
            store.number += 1;
            return store.number;
        }
    }
}

async fn add_one(service: Service, store: Arc<Mutex<Store>>) {
    lease(&store).await;
    let value = store.lock().unwrap().value;
    service.call("compute", 10).await;
    let mut store = store.lock().unwrap();
    store.value = value + 1;
    store.until = Instant::now();
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let store = Arc::new(Mutex::new(Store {
        until: Instant::now(),
        number: 0,
        value: 0,
    }));
    let mut adders = JoinSet::new();
    for _ in 0..3 {
        adders.spawn(add_one(service.clone(), store.clone()));
    }
    adders.join_all().await;
    let value = store.lock().unwrap().value;
    ensure!(value == 3, "three times one more is {value}");
    Ok(())
}
