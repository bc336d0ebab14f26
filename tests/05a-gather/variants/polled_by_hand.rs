//! One `poll_fn` polls whatever is not done, each time any of it was woken.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

use futures::future::join_all;
use tokio::time::Instant;

pub async fn fetch_all(urls: &[&str], fetch: impl AsyncFn(&str) -> String) -> Vec<String> {
    gathered(urls.iter().map(|url| fetch(url)).collect()).await
}

pub async fn gather<F, T>(futures: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    gathered(futures).await
}

async fn gathered<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut waiting: Vec<Pin<Box<F>>> = futures.into_iter().map(Box::pin).collect();
    let mut results: Vec<Option<F::Output>> = waiting.iter().map(|_| None).collect();
    poll_fn(|cx| {
        for (future, result) in waiting.iter_mut().zip(&mut results) {
            if result.is_none()
                && let Poll::Ready(value) = future.as_mut().poll(cx)
            {
                *result = Some(value);
            }
        }
        if results.iter().all(Option::is_some) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    results.into_iter().flatten().collect()
}

pub async fn both(
    text: impl Future<Output = String>,
    number: impl Future<Output = u64>,
) -> (String, u64) {
    let (mut text, mut number) = (pin!(text), pin!(number));
    let (mut had_text, mut had_number) = (None, None);
    while had_text.is_none() || had_number.is_none() {
        tokio::select! {
            it = &mut text, if had_text.is_none() => had_text = Some(it),
            it = &mut number, if had_number.is_none() => had_number = Some(it),
        }
    }
    had_text.zip(had_number).unwrap()
}

pub async fn report(urls: &[&str], fetch: impl AsyncFn(&str) -> String) {
    if urls.is_empty() {
        println!("nothing to fetch");
        return;
    }
    println!("fetching {} urls", urls.len());
    let began = Instant::now();
    let fetched = join_all(urls.iter().map(async |url| {
        let text = fetch(url).await;
        (text, began.elapsed())
    }))
    .await;
    let together = began.elapsed().as_millis();
    let mut in_turn = 0;
    for (at, (text, took)) in fetched.iter().enumerate() {
        let took = took.as_millis();
        println!("{}. {}: {text} ({took} ms)", at + 1, urls[at]);
        in_turn += took;
    }
    println!("together {together} ms, in turn {in_turn} ms");
}
