//! bug: who subscribes to a watch has seen its value by definition, and waits for a change that came before
//! finding: lost-wakeup

use service::Service;
use tokio::sync::watch;
use tokio::task::JoinSet;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let (settings, _) = watch::channel(None);
    let mut workers = JoinSet::new();
    for _ in 0..3 {
        let (settings, service) = (settings.clone(), service.clone());
        workers.spawn(async move {
            service.call("connect", 10).await;
            let mut settings = settings.subscribe();
            settings.changed().await.unwrap();
            settings.borrow().unwrap()
        });
    }
    service.call("load settings", 20).await;
    settings.send_replace(Some(7));
    workers.join_all().await;
    Ok(())
}
