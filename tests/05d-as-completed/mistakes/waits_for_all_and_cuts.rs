//! caught-by: enough_is_enough
//! finding: too-late
//!
//! The misconception: the first results of all are the results of the first. They are, but all were waited
//! for.

use std::future::Future;

use futures::stream::{FuturesUnordered, Stream, StreamExt};

pub fn as_completed<F, T>(futures: Vec<F>) -> impl Stream<Item = T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    futures.into_iter().collect::<FuturesUnordered<F>>()
}

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

pub async fn fastest<F, T>(futures: Vec<F>, number: usize) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut all: Vec<T> = as_completed(futures).collect().await;
    all.truncate(number);
    all
}
