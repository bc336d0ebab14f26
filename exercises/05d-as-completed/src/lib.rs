//! Results as they come: the fastest first.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::future::Future;

use futures::stream::{self, Stream};

/// Runs all `futures` at the same time; gives each result as soon as it is there.
pub fn as_completed<F, T>(futures: Vec<F>) -> impl Stream<Item = T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    // Something whose type is a stream, so that this compiles.
    stream::once(async { todo!("as_completed") })
}

/// Runs all `fetches` at the same time; prints each text as soon as it is there.
pub async fn print_all<F>(fetches: Vec<F>)
where
    F: Future<Output = String> + Send + 'static,
{
    todo!("print_all")
}

/// Runs all `futures` at the same time; gives the first `number` results and drops the other futures.
pub async fn fastest<F, T>(futures: Vec<F>, number: usize) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    todo!("fastest")
}
