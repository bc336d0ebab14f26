//! bug: the first of two answers is taken, and the task behind the second runs on unseen
//! finding: leaked-task

use service::Service;

async fn ask(service: Service, replica: &'static str) -> &'static str {
    service.call(replica, 10).await;
    replica
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let near = tokio::spawn(ask(service.clone(), "near"));
    let far = tokio::spawn(ask(service, "far"));
    tokio::select! {
        near = near => near?,
        far = far => far?,
    };
    Ok(())
}
