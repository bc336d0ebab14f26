//! A stream that polls every future that is left, whenever one of them wakes.

use std::future::Future;
use std::pin::Pin;

use std::task::{Context, Poll};

use futures::stream::{Stream, StreamExt};

struct Running<F>(Vec<Pin<Box<F>>>);

impl<F: Future> Stream for Running<F> {
    type Item = F::Output;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<F::Output>> {
        for at in 0..self.0.len() {
            if let Poll::Ready(result) = self.0[at].as_mut().poll(context) {
                self.0.remove(at);
                return Poll::Ready(Some(result));
            }
        }
        if self.0.is_empty() {
            Poll::Ready(None)
        } else {
            Poll::Pending
        }
    }
}

pub fn as_completed<F, T>(futures: Vec<F>) -> impl Stream<Item = T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    Running(futures.into_iter().map(Box::pin).collect())
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
