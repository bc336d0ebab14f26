//! fixed: a set takes its tasks with it

use service::Service;
use tokio::task::JoinSet;

async fn ask(service: Service, replica: &'static str) -> &'static str {
    service.call(replica, 10).await;
    replica
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let mut replicas = JoinSet::new();
    replicas.spawn(ask(service.clone(), "near"));
    replicas.spawn(ask(service, "far"));
    replicas.join_next().await.unwrap()?;
    Ok(())
}
