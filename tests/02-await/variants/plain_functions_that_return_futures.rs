//! No `async fn`: plain functions, which only make a future; what is in its block waits for the first poll.

use std::future::Future;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::sleep;

pub fn fetch_data(key: &str, get: impl AsyncFn(&str) -> u32) -> impl Future<Output = u32> {
    async move {
        println!("Fetching {key}...");
        get(key).await
    }
}

pub fn show(keys: &[&str], get: impl AsyncFn(&str) -> u32) -> impl Future<Output = ()> {
    async move {
        let mut number = 0;
        while let Some(key) = keys.get(number) {
            number += 1;
            let value = fetch_data(key, &get).await;
            println!("{number}. {key}: {value}");
        }
        println!("{number} fetched");
    }
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
    let (sender, receiver) = oneshot::channel();
    tokio::spawn(async move {
        sleep(after).await;
        let _ = sender.send(value);
    });
    receiver
}

pub async fn answer(promise: oneshot::Receiver<u32>) -> Option<u32> {
    match promise.await {
        Ok(value) => Some(value),
        Err(_gone) => None,
    }
}
