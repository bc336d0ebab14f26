//! caught-by: fetches_overlap
//! finding: too-sequential
//!
//! The misconception: a limit does no harm, where four at a time are as fast as all in a test of three.

use std::future::Future;

use futures::future::join_all;
use futures::stream::{self, StreamExt};
use tokio::time::Instant;

pub async fn fetch_all(urls: &[&str], fetch: impl AsyncFn(&str) -> String) -> Vec<String> {
    stream::iter(urls)
        .map(|url| fetch(url))
        .buffered(4)
        .collect()
        .await
}

pub async fn gather<F, T>(futures: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    join_all(futures).await
}

pub async fn both(
    text: impl Future<Output = String>,
    number: impl Future<Output = u64>,
) -> (String, u64) {
    tokio::join!(text, number)
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
