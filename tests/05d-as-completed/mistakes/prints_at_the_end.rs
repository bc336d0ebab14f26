//! caught-by: each_is_printed_as_it_comes
//! finding: too-late
//!
//! The misconception: output has to be put together before it is printed.

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
    let texts: Vec<String> = as_completed(fetches).collect().await;
    for text in &texts {
        println!("{text}");
    }
    println!("{} results", texts.len());
}

pub async fn fastest<F, T>(futures: Vec<F>, number: usize) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    as_completed(futures).take(number).collect().await
}
