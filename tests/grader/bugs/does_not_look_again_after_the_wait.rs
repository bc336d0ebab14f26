//! bug: who was woken goes in without another look: somebody else took the place, or it was an old signal
//! finding: unbounded

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use service::Service;
use tokio::sync::Notify;
use tokio::task::JoinSet;

#[derive(Default)]
struct Places {
    taken: AtomicUsize,
    freed: Notify,
}

impl Places {
    async fn enter(&self) {
        if self.taken.load(Ordering::SeqCst) >= 2 {
            self.freed.notified().await;
        }
        self.taken.fetch_add(1, Ordering::SeqCst);
    }

    fn leave(&self) {
        self.taken.fetch_sub(1, Ordering::SeqCst);
        self.freed.notify_one();
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let places = Arc::new(Places::default());
    let mut queries = JoinSet::new();
    for n in 1..=5 {
        let (places, service) = (places.clone(), service.clone());
        queries.spawn(async move {
            service.call("request comes", 8 * n).await;
            places.enter().await;
            service.limited("query", 10).await;
            places.leave();
        });
    }
    queries.join_all().await;
    Ok(())
}
