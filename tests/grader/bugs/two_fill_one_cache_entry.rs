//! bug: a read lock is given back before the write lock is taken: two find the entry missing
//! finding: wrong-value

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::ensure;
use service::Service;
use tokio::sync::RwLock;
use tokio::task::JoinSet;

struct Cache {
    service: Service,
    entries: RwLock<HashMap<&'static str, u32>>,
    loads: AtomicU32,
}

impl Cache {
    async fn get(&self, key: &'static str) -> u32 {
        if let Some(value) = self.entries.read().await.get(key) {
            return *value;
        }
        let value = self.load().await;
        self.entries.write().await.insert(key, value);
        value
    }

    async fn load(&self) -> u32 {
        self.service.call("load", 10).await;
        self.loads.fetch_add(1, Ordering::Relaxed) + 1
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let cache = Arc::new(Cache {
        service: service.clone(),
        entries: RwLock::default(),
        loads: AtomicU32::new(0),
    });
    let mut visitors = JoinSet::new();
    for n in 1..=3 {
        let (cache, service) = (cache.clone(), service.clone());
        visitors.spawn(async move {
            service.call("visitor comes", 12 * n).await;
            cache.get("front page").await
        });
    }
    visitors.join_all().await;
    let loads = cache.loads.load(Ordering::Relaxed);
    ensure!(loads == 1, "one page was loaded {loads} times");
    Ok(())
}
