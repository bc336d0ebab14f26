//! fixed: the permit goes when the function goes

use std::sync::Arc;
use std::time::Duration;

use service::Service;
use tokio::sync::Semaphore;
use tokio::time::timeout;

async fn query(service: Service, places: Arc<Semaphore>) {
    let _place = places.acquire().await.unwrap();
    service.call("query", 10).await;
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let places = Arc::new(Semaphore::new(1));
    for _ in 0..3 {
        let query = query(service.clone(), places.clone());
        let _ = timeout(Duration::from_millis(13), query).await;
    }
    query(service, places).await;
    Ok(())
}
