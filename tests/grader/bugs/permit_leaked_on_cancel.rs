//! bug: a permit is given back by the last line of a function, which a time limit drops before it gets there
//! finding: deadlock

use std::sync::Arc;
use std::time::Duration;

use service::Service;
use tokio::sync::Semaphore;
use tokio::time::timeout;

async fn query(service: Service, places: Arc<Semaphore>) {
    places.acquire().await.unwrap().forget();
    service.call("query", 10).await;
    places.add_permits(1);
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
