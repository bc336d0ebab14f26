//! Futures in boxes, polled by hand; a promise that is kept at an instant.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};

pub fn fetch_data<'a>(
    key: &'a str,
    get: impl AsyncFn(&str) -> u32 + 'a,
) -> Pin<Box<dyn Future<Output = u32> + 'a>> {
    Box::pin(async move {
        println!("Fetching {key}...");
        let mut asked = Box::pin(get(key));
        poll_fn(|cx| asked.as_mut().poll(cx)).await
    })
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

pub fn promise(value: u32, after: Duration) -> oneshot::Receiver<u32> {
    let (sender, receiver) = oneshot::channel();
    let due = Instant::now() + after;
    tokio::spawn(async move {
        sleep_until(due).await;
        sender.send(value).ok();
    });
    receiver
}

pub async fn answer(mut promise: oneshot::Receiver<u32>) -> Option<u32> {
    poll_fn(|cx| Pin::new(&mut promise).poll(cx)).await.ok()
}
