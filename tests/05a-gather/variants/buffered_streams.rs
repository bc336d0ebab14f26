//! Streams that hold as many futures as there are, and keep their order.

use std::future::Future;
use std::time::Duration;

use futures::stream::{self, FuturesOrdered, StreamExt};
use tokio::time::Instant;

pub async fn fetch_all(urls: &[&str], fetch: impl AsyncFn(&str) -> String) -> Vec<String> {
    stream::iter(urls)
        .map(|url| fetch(url))
        .buffered(urls.len().max(1))
        .collect()
        .await
}

pub async fn gather<F, T>(futures: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    futures
        .into_iter()
        .collect::<FuturesOrdered<_>>()
        .collect()
        .await
}

pub async fn both(
    text: impl Future<Output = String>,
    number: impl Future<Output = u64>,
) -> (String, u64) {
    tokio::join!(text, number)
}

pub async fn report(urls: &[&str], fetch: impl AsyncFn(&str) -> String) {
    let Some(last) = urls.len().checked_sub(1) else {
        println!("nothing to fetch");
        return;
    };
    println!("fetching {} urls", last + 1);
    let mut fetched = stream::iter(urls)
        .map(async |url| {
            let began = Instant::now();
            (*url, fetch(url).await, began.elapsed())
        })
        .buffered(last + 1);
    let (mut longest, mut sum) = (Duration::ZERO, Duration::ZERO);
    let mut number = 0;
    while let Some((url, text, took)) = fetched.next().await {
        number += 1;
        println!("{number}. {url}: {text} ({} ms)", took.as_millis());
        longest = longest.max(took);
        sum += took;
    }
    println!(
        "together {} ms, in turn {} ms",
        longest.as_millis(),
        sum.as_millis()
    );
}
