//! caught-by: all_begin_at_once
//! finding: too-sequential
//!
//! The misconception: a limit is always wise. Nobody asked for one here.

use std::future::Future;

use futures::stream::{self, Stream, StreamExt};

pub fn as_completed<F, T>(futures: Vec<F>) -> impl Stream<Item = T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    stream::iter(futures).buffer_unordered(10)
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
