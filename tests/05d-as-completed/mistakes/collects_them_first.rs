//! caught-by: each_comes_when_it_is_there
//! finding: too-late
//!
//! The misconception: a stream of all results, in the right order, is a stream of results as they come.

use std::future::Future;

use futures::stream::{self, FuturesUnordered, Stream, StreamExt};

pub fn as_completed<F, T>(futures: Vec<F>) -> impl Stream<Item = T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    stream::once(async move {
        let running: FuturesUnordered<F> = futures.into_iter().collect();
        stream::iter(running.collect::<Vec<T>>().await)
    })
    .flatten()
    .boxed_local()
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
    as_completed(futures).take(number).collect().await
}
