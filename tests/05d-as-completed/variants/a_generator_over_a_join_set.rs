//! A `JoinSet`, whose tasks are given as they end by a generator.

use std::future::Future;

use async_stream::stream;
use futures::stream::{Stream, StreamExt};
use tokio::task::JoinSet;

pub fn as_completed<F, T>(futures: Vec<F>) -> impl Stream<Item = T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    stream! {
        let mut tasks: JoinSet<T> = futures.into_iter().collect();
        while let Some(ended) = tasks.join_next().await {
            yield ended.unwrap();
        }
    }
}

pub async fn print_all<F>(fetches: Vec<F>)
where
    F: Future<Output = String> + Send + 'static,
{
    let number = fetches.len();
    as_completed(fetches)
        .for_each(async |text| println!("{text}"))
        .await;
    println!("{number} results");
}

pub async fn fastest<F, T>(futures: Vec<F>, number: usize) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut tasks: JoinSet<T> = futures.into_iter().collect();
    let mut results = Vec::new();
    while results.len() < number
        && let Some(ended) = tasks.join_next().await
    {
        results.push(ended.unwrap());
    }
    results
}
