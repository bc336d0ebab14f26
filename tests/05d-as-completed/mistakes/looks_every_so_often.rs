//! caught-by: each_comes_when_it_is_there
//! finding: too-late
//!
//! The misconception: somebody has to look whether a future is done. Its waker tells.

use std::future::Future;

use std::time::Duration;

use futures::stream::{self, Stream, StreamExt};
use tokio::task::JoinHandle;
use tokio::time::sleep;

pub fn as_completed<F, T>(futures: Vec<F>) -> impl Stream<Item = T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    stream::unfold(
        futures.into_iter().map(tokio::spawn).collect(),
        async |mut tasks: Vec<JoinHandle<T>>| {
            if tasks.is_empty() {
                return None;
            }
            loop {
                if let Some(at) = tasks.iter().position(JoinHandle::is_finished) {
                    let result = tasks.swap_remove(at).await.expect("no future panics");
                    return Some((result, tasks));
                }
                sleep(Duration::from_millis(50)).await;
            }
        },
    )
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
