//! Tasks send their results; a guard ends them with the stream.

use std::future::Future;

use futures::stream::{Stream, StreamExt};
use tokio::sync::mpsc;
use tokio_stream::wrappers::UnboundedReceiverStream;
use tokio_util::sync::CancellationToken;

pub fn as_completed<F, T>(futures: Vec<F>) -> impl Stream<Item = T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let stop = CancellationToken::new();
    let (send, results) = mpsc::unbounded_channel();
    for future in futures {
        let (send, stop) = (send.clone(), stop.clone());
        tokio::spawn(async move {
            if let Some(result) = stop.run_until_cancelled_owned(future).await {
                let _ = send.send(result);
            }
        });
    }
    let guard = stop.drop_guard();
    UnboundedReceiverStream::new(results).map(move |result| {
        let _ = &guard;
        result
    })
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
    as_completed(futures).take(number).collect().await
}
