//! Tasks in a `JoinSet`, which takes them along when it is dropped; an index brings each result home.

use std::collections::BTreeMap;
use std::future::Future;

use futures::future::join_all;
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::task::JoinSet;
use tokio::time::Instant;

pub async fn fetch_all(urls: &[&str], fetch: impl AsyncFn(&str) -> String) -> Vec<String> {
    let mut waiting = FuturesUnordered::new();
    for (index, url) in urls.iter().enumerate() {
        let text = fetch(url);
        waiting.push(async move { (index, text.await) });
    }
    let mut results = vec![String::new(); urls.len()];
    while let Some((index, text)) = waiting.next().await {
        results[index] = text;
    }
    results
}

pub async fn gather<F, T>(futures: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut tasks = JoinSet::new();
    for (index, future) in futures.into_iter().enumerate() {
        tasks.spawn(async move { (index, future.await) });
    }
    let mut results = BTreeMap::new();
    while let Some(ended) = tasks.join_next().await {
        let (index, value) = ended.unwrap();
        results.insert(index, value);
    }
    results.into_values().collect()
}

pub async fn both(
    text: impl Future<Output = String>,
    number: impl Future<Output = u64>,
) -> (String, u64) {
    let (text, number) = futures::future::join(text, number).await;
    (text, number)
}

pub async fn report(urls: &[&str], fetch: impl AsyncFn(&str) -> String) {
    if urls.is_empty() {
        println!("nothing to fetch");
        return;
    }
    println!("fetching {} urls", urls.len());
    let began = Instant::now();
    let fetched = join_all(urls.iter().map(async |url| {
        let text = fetch(url).await;
        (text, began.elapsed())
    }))
    .await;
    let together = began.elapsed().as_millis();
    let mut in_turn = 0;
    for (at, (text, took)) in fetched.iter().enumerate() {
        let took = took.as_millis();
        println!("{}. {}: {text} ({took} ms)", at + 1, urls[at]);
        in_turn += took;
    }
    println!("together {together} ms, in turn {in_turn} ms");
}
