//! caught-by: no_call_goes_unawaited
//! finding: wrong-value
//!
//! The misconception: to store what is stored already does no harm.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::sleep;

pub async fn fetch_data(key: &str, get: impl AsyncFn(&str) -> u32) -> u32 {
    println!("Fetching {key}...");
    get(key).await
}

pub async fn show(keys: &[&str], get: impl AsyncFn(&str) -> u32) {
    for (key, number) in keys.iter().zip(1..) {
        let value = fetch_data(key, &get).await;
        println!("{number}. {key}: {value}");
    }
    println!("{} fetched", keys.len());
}

pub async fn refresh(
    key: &str,
    known: u32,
    get: impl AsyncFn(&str) -> u32,
    put: impl AsyncFn(u32),
) -> u32 {
    let value = fetch_data(key, get).await;
    let _ = known;
    put(value).await;
    value
}

pub fn promise(value: u32, after: Duration) -> oneshot::Receiver<u32> {
    let (sender, receiver) = oneshot::channel();
    tokio::spawn(async move {
        sleep(after).await;
        let _ = sender.send(value);
    });
    receiver
}

pub async fn answer(promise: oneshot::Receiver<u32>) -> Option<u32> {
    promise.await.ok()
}
