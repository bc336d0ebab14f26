//! fixed: only the work returns its permit

use std::sync::Arc;
use std::time::Duration;

use service::Service;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;

async fn query(service: Service, places: Arc<Semaphore>) {
    places.acquire().await.unwrap().forget();
    let free = places.clone();
    let mut work = tokio::spawn(async move {
        service.limited("query", 10).await;
        free.add_permits(1);
    });
    let limit = Duration::from_millis(13);
    if timeout(limit, &mut work).await.is_err() {
        // The late answer goes into the cache.
        work.await.unwrap();
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let places = Arc::new(Semaphore::new(2));
    let mut queries = JoinSet::new();
    for _ in 0..6 {
        queries.spawn(query(service.clone(), places.clone()));
    }
    queries.join_all().await;
    Ok(())
}
