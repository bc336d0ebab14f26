//! caught-by: in_the_order_in_which_they_come
//! finding: wrong-order
//!
//! The misconception: whatever runs together gives its results as they come. `FuturesOrdered` gives them in
//! the order of the list, as `join_all` does.

use std::future::Future;

use futures::stream::{FuturesOrdered, Stream, StreamExt};

pub fn as_completed<F, T>(futures: Vec<F>) -> impl Stream<Item = T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    futures.into_iter().collect::<FuturesOrdered<F>>()
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
