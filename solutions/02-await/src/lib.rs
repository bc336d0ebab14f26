//! Await: futures that do nothing until somebody awaits them, and one that somebody else completes.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::sleep;

/// Prints `Fetching KEY...`, asks `get` for it, and gives its answer.
pub async fn fetch_data(key: &str, get: impl AsyncFn(&str) -> u32) -> u32 {
    println!("Fetching {key}...");
    get(key).await
}

/// Fetches the keys, one after another, and prints each value as soon as it is there.
pub async fn show(keys: &[&str], get: impl AsyncFn(&str) -> u32) {
    for (key, number) in keys.iter().zip(1..) {
        let value = fetch_data(key, &get).await;
        println!("{number}. {key}: {value}");
    }
    println!("{} fetched", keys.len());
}

/// Fetches the key, hands its value to `put` if it is not the one that is known, and gives it.
pub async fn refresh(
    key: &str,
    known: u32,
    get: impl AsyncFn(&str) -> u32,
    put: impl AsyncFn(u32),
) -> u32 {
    let value = fetch_data(key, get).await;
    if value == known {
        return value;
    }
    put(value).await;
    value
}

/// A future that somebody else completes: in so much time, with this value.
pub fn promise(value: u32, after: Duration) -> oneshot::Receiver<u32> {
    let (sender, receiver) = oneshot::channel();
    tokio::spawn(async move {
        sleep(after).await;
        // Whoever dropped the receiver no longer wants to know.
        let _ = sender.send(value);
    });
    receiver
}

/// Waits for the value that was promised; `None` if nobody is left to keep the promise.
pub async fn answer(promise: oneshot::Receiver<u32>) -> Option<u32> {
    promise.await.ok()
}
