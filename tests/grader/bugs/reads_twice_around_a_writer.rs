//! bug: a task that holds a read lock asks for another, behind a writer that waits for the first
//! finding: deadlock

use std::sync::Arc;

use service::Service;
use tokio::sync::RwLock;

async fn render(service: Service, title: Arc<RwLock<String>>) -> String {
    let head = title.read().await;
    service.call("render the head", 10).await;
    let body = body(&title).await;
    format!("{head}\n{body}")
}

async fn body(title: &RwLock<String>) -> String {
    format!("This is {}.", title.read().await)
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let title = Arc::new(RwLock::new("A page".to_owned()));
    let page = tokio::spawn(render(service.clone(), title.clone()));
    service.call("editor comes", 15).await;
    *title.write().await = "The page".to_owned();
    page.await?;
    Ok(())
}
