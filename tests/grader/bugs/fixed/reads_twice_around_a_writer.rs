//! fixed: what was read once is handed on

use std::sync::Arc;

use service::Service;
use tokio::sync::RwLock;

async fn render(service: Service, title: Arc<RwLock<String>>) -> String {
    let head = title.read().await;
    service.call("render the head", 10).await;
    let body = body(&head);
    format!("{head}\n{body}")
}

fn body(title: &str) -> String {
    format!("This is {title}.")
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let title = Arc::new(RwLock::new("A page".to_owned()));
    let page = tokio::spawn(render(service.clone(), title.clone()));
    service.call("editor comes", 15).await;
    *title.write().await = "The page".to_owned();
    page.await?;
    Ok(())
}
