//! Futures put together with `then`, `map` and `fold`; a promise that a watcher of its receiver may give up.

use std::time::Duration;

use futures::FutureExt;
use futures::stream::{self, StreamExt};
use tokio::sync::oneshot;
use tokio::time::timeout;

pub async fn fetch_data(key: &str, get: impl AsyncFn(&str) -> u32) -> u32 {
    futures::future::lazy(|_| println!("Fetching {key}..."))
        .then(|()| get(key))
        .await
}

pub async fn show(keys: &[&str], get: impl AsyncFn(&str) -> u32) {
    let fetched = stream::iter(keys).fold(0, async |count, key| {
        let number = count + 1;
        fetch_data(key, &get)
            .map(|value| println!("{number}. {key}: {value}"))
            .await;
        number
    });
    println!("{} fetched", fetched.await);
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

pub fn promise(value: u32, after: Duration) -> oneshot::Receiver<u32> {
    let (mut sender, receiver) = oneshot::channel();
    tokio::spawn(async move {
        if timeout(after, sender.closed()).await.is_err() {
            let _ = sender.send(value);
        }
    });
    receiver
}

pub async fn answer(promise: oneshot::Receiver<u32>) -> Option<u32> {
    promise.await.ok()
}
