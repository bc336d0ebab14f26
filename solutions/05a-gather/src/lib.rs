//! Gather: many futures at once, and their results in the order in which they were given.

use std::future::Future;
use std::time::Duration;

use futures::future::join_all;
use tokio::time::Instant;

/// Fetches every URL, all at the same time; the results have the order of `urls`.
pub async fn fetch_all(urls: &[&str], fetch: impl AsyncFn(&str) -> String) -> Vec<String> {
    join_all(urls.iter().map(|url| fetch(url))).await
}

/// Runs all `futures` at the same time; the results have the order of `futures`.
///
/// They run inside the returned future, and are dropped with it.
pub async fn gather<F, T>(futures: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    join_all(futures).await
}

/// Runs two futures of different kinds at the same time.
pub async fn both(
    text: impl Future<Output = String>,
    number: impl Future<Output = u64>,
) -> (String, u64) {
    tokio::join!(text, number)
}

/// Fetches every URL and prints what came of it, and what was gained by not waiting in turn.
pub async fn report(urls: &[&str], fetch: impl AsyncFn(&str) -> String) {
    if urls.is_empty() {
        println!("nothing to fetch");
        return;
    }
    println!("fetching {} urls", urls.len());
    let began = Instant::now();
    let fetches = urls.iter().map(async |url| {
        let began = Instant::now();
        let text = fetch(url).await;
        (text, began.elapsed())
    });
    let fetched = join_all(fetches).await;
    let together = began.elapsed();
    for ((url, (text, took)), number) in urls.iter().zip(&fetched).zip(1..) {
        println!("{number}. {url}: {text} ({} ms)", took.as_millis());
    }
    let in_turn: Duration = fetched.iter().map(|(_, took)| *took).sum();
    println!(
        "together {} ms, in turn {} ms",
        together.as_millis(),
        in_turn.as_millis()
    );
}
