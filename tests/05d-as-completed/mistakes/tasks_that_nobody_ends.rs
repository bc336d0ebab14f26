//! caught-by: a_dropped_stream_drops_the_rest
//! finding: leaked-task
//!
//! The misconception: a task whose result nobody takes ends. It runs on, and sends into the void.

use std::future::Future;

use futures::stream::{self, FuturesUnordered, Stream, StreamExt};

pub fn as_completed<F, T>(futures: Vec<F>) -> impl Stream<Item = T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let (send, results) = tokio::sync::mpsc::unbounded_channel();
    for future in futures {
        let send = send.clone();
        tokio::spawn(async move { send.send(future.await) });
    }
    stream::unfold(results, async |mut results| {
        Some((results.recv().await?, results))
    })
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
    let running: FuturesUnordered<F> = futures.into_iter().collect();
    running.take(number).collect().await
}
