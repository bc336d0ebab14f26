//! caught-by: reports_what_was_gained
//! finding: wrong-output
//!
//! The misconception: what a fetch took is how long after the one before it it was there, as in a program
//! that does one thing after another.

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
    let mut before = std::time::Duration::ZERO;
    let together = began.elapsed().as_millis();
    let mut in_turn = 0;
    for (at, (text, took)) in fetched.iter().enumerate() {
        let since = took.saturating_sub(before);
        before = *took;
        let took = since.as_millis();
        println!("{}. {}: {text} ({took} ms)", at + 1, urls[at]);
        in_turn += took;
    }
    println!("together {together} ms, in turn {in_turn} ms");
}
