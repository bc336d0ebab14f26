//! caught-by: a_promise_is_kept_by_somebody_else
//! finding: too-early
//!
//! The misconception: the receiver is what waits, so the value may lie there from the start.

use std::time::Duration;

use tokio::sync::oneshot;

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
    if value != known {
        put(value).await;
    }
    value
}

pub fn promise(value: u32, _after: Duration) -> oneshot::Receiver<u32> {
    let (sender, receiver) = oneshot::channel();
    let _ = sender.send(value);
    receiver
}

pub async fn answer(promise: oneshot::Receiver<u32>) -> Option<u32> {
    promise.await.ok()
}
