//! fixed: each result is waited for

use anyhow::ensure;
use service::Service;

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let mut parts = Vec::new();
    for part in 1..=4 {
        let service = service.clone();
        parts.push(tokio::spawn(async move {
            service.call("count a part", 10).await;
            part
        }));
    }
    service.call("print a title", 16).await;
    let mut total = 0;
    for part in parts {
        total += part.await?;
    }
    ensure!(total == 10, "the total is {total}");
    Ok(())
}
