//! bug: a task that is aborted does not count itself out, and who waits for the last one waits for good
//! finding: lost-wakeup

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use service::Service;
use tokio::sync::Notify;

#[derive(Default)]
struct Server {
    busy: AtomicUsize,
    idle: Notify,
}

impl Server {
    async fn handle(self: Arc<Self>, service: Service) {
        self.busy.fetch_add(1, Ordering::SeqCst);
        service.call("handle", 10).await;
        self.left();
    }

    fn left(&self) {
        if self.busy.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.idle.notify_one();
        }
    }

    async fn drained(&self) {
        while self.busy.load(Ordering::SeqCst) > 0 {
            self.idle.notified().await;
        }
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let server = Arc::new(Server::default());
    for _ in 0..3 {
        let request = tokio::spawn(server.clone().handle(service.clone()));
        let connection = request.abort_handle();
        service.call("client hangs up", 14).await;
        connection.abort();
    }
    server.drained().await;
    Ok(())
}
