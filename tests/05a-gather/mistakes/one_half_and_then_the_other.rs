//! caught-by: two_kinds_at_once
//! finding: too-sequential
//!
//! The misconception: a tuple of two awaits waits for both at the same time.

use std::future::Future;

use futures::future::join_all;
use tokio::time::Instant;

pub async fn fetch_all(urls: &[&str], fetch: impl AsyncFn(&str) -> String) -> Vec<String> {
    join_all(urls.iter().map(|url| fetch(url))).await
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
    (text.await, number.await)
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
