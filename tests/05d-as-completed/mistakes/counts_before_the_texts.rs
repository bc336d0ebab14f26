//! caught-by: each_is_printed_as_it_comes
//! finding: wrong-output
//!
//! The mistake: the number of results is printed first, when nobody knows it yet.

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
    let mut texts = fetches.into_iter().collect::<FuturesUnordered<F>>();
    println!("{} results", texts.size_hint().0);
    while let Some(text) = texts.next().await {
        println!("{text}");
    }
}

pub async fn fastest<F, T>(futures: Vec<F>, number: usize) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    as_completed(futures).take(number).collect().await
}
