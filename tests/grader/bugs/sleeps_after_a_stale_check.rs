//! bug: a flag is checked, then awaited over, then its change is waited for: the wake-up comes in between
//! finding: lost-wakeup

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use service::Service;
use tokio::sync::Notify;
use tokio::task::JoinSet;

#[derive(Default)]
struct Gate {
    open: AtomicBool,
    opened: Notify,
}

impl Gate {
    fn open(&self) {
        self.open.store(true, Ordering::SeqCst);
        self.opened.notify_waiters();
    }

    async fn pass(&self, service: &Service) {
        if !self.open.load(Ordering::SeqCst) {
            service.call("say that it is closed", 5).await;
            self.opened.notified().await;
        }
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let gate = Arc::new(Gate::default());
    let mut visitors = JoinSet::new();
    for _ in 0..4 {
        let (gate, service) = (gate.clone(), service.clone());
        visitors.spawn(async move {
            service.call("visitor comes", 10).await;
            gate.pass(&service).await;
        });
    }
    service.call("warden comes", 20).await;
    gate.open();
    visitors.join_all().await;
    Ok(())
}
