//! Results as they come: the fastest first.

use std::future::Future;

use futures::stream::{FuturesUnordered, Stream, StreamExt};

/// Runs all `futures` at the same time; gives each result as soon as it is there.
pub fn as_completed<F, T>(futures: Vec<F>) -> impl Stream<Item = T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    futures.into_iter().collect::<FuturesUnordered<F>>()
}

/// Runs all `fetches` at the same time; prints each text as soon as it is there.
pub async fn print_all<F>(fetches: Vec<F>)
where
    F: Future<Output = String> + Send + 'static,
{
    let mut texts = as_completed(fetches);
    let mut number = 0;
    while let Some(text) = texts.next().await {
        println!("{text}");
        number += 1;
    }
    println!("{number} results");
}

/// Runs all `futures` at the same time; gives the first `number` results and drops the other futures.
pub async fn fastest<F, T>(futures: Vec<F>, number: usize) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut results = as_completed(futures);
    let mut fastest = Vec::new();
    if number == 0 {
        return fastest;
    }
    while let Some(result) = results.next().await {
        fastest.push(result);
        // Looked at before the next is asked for, which may be long in coming.
        if fastest.len() == number {
            break;
        }
    }
    fastest
}
