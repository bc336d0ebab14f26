//! Gather: many futures at once, and their results in the order in which they were given.
//!
//! What each function must do is in `README.md`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::future::Future;

/// Fetches every URL, all at the same time; the results have the order of `urls`.
pub async fn fetch_all(urls: &[&str], fetch: impl AsyncFn(&str) -> String) -> Vec<String> {
    todo!("fetch_all")
}

/// Runs all `futures` at the same time; the results have the order of `futures`.
pub async fn gather<F, T>(futures: Vec<F>) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    todo!("gather")
}

/// Runs two futures of different kinds at the same time.
pub async fn both(
    text: impl Future<Output = String>,
    number: impl Future<Output = u64>,
) -> (String, u64) {
    todo!("both")
}

/// Fetches every URL and prints what came of it, and what was gained by not waiting in turn.
pub async fn report(urls: &[&str], fetch: impl AsyncFn(&str) -> String) {
    todo!("report")
}
