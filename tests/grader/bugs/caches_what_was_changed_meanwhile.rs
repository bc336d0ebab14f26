//! bug: a value that was read before a change is put into the cache after the change has emptied it
//! finding: wrong-value

use std::sync::{Arc, Mutex};

use anyhow::ensure;
use service::Service;

#[derive(Default)]
struct Store {
    /// Grows with each change.
    version: u32,
    cached: Option<u32>,
}

async fn read(service: Service, store: Arc<Mutex<Store>>) -> u32 {
    if let Some(cached) = store.lock().unwrap().cached {
        return cached;
    }
    let version = store.lock().unwrap().version;
    service.call("transfer", 10).await;
    let mut store = store.lock().unwrap();
    store.cached = Some(version);
    version
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let store = Arc::new(Mutex::new(Store::default()));
    let reader = tokio::spawn(read(service.clone(), store.clone()));
    service.call("editor comes", 14).await;
    {
        let mut store = store.lock().unwrap();
        store.version = 1;
        store.cached = None;
    }
    reader.await?;
    let seen = read(service, store).await;
    ensure!(seen == 1, "version 1 was written, version {seen} is read");
    Ok(())
}
