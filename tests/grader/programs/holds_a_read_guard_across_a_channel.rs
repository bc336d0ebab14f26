//! fails: lock-across-await
//! at: 24
//! says: waits here for a oneshot channel, its guard still alive
//! A writer waits for a std `RwLock` that the task it is to feed holds for reading.
use std::sync::{Arc, RwLock};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::timeout;

async fn total(prices: Arc<RwLock<Vec<u64>>>, amount: oneshot::Receiver<u64>) -> u64 {
    let prices = prices.read().unwrap();
    timeout(Duration::from_secs(1), amount).await.unwrap().unwrap() * prices[0]
}

pub async fn scenario() -> u64 {
    let prices = Arc::new(RwLock::new(vec![2]));
    LocalSet::new()
        .run_until(async {
            let (amount, amounts) = oneshot::channel();
            let total = spawn_local(total(prices.clone(), amounts));
            let idle = spawn_local(std::future::pending::<()>());
            tokio::task::yield_now().await;
            prices.write().unwrap().push(3);
            amount.send(0).unwrap();
            idle.abort();
            total.await.unwrap()
        })
        .await
}
