//! Await: futures that do nothing until somebody awaits them, and one that somebody else completes.
//!
//! What each function must do is in `README.md`. This file does not compile yet: begin with `show`.

// The bodies below use none of their arguments yet. Remove this line once they do.
#![allow(unused_variables)]

use std::time::Duration;

use tokio::sync::oneshot;

/// Prints `Fetching KEY...`, asks `get` for it, and gives its answer.
pub async fn fetch_data(key: &str, get: impl AsyncFn(&str) -> u32) -> u32 {
    todo!("fetch_data")
}

/// Fetches the keys, one after another, and prints each value as soon as it is there.
pub fn show(keys: &[&str], get: impl AsyncFn(&str) -> u32) {
    for (key, number) in keys.iter().zip(1..) {
        let value = fetch_data(key, &get).await;
        println!("{number}. {key}: {value}");
    }
    println!("{} fetched", keys.len());
}

/// Fetches the key, hands its value to `put` if it is not the one that is known, and gives it.
pub async fn refresh(
    key: &str,
    known: u32,
    get: impl AsyncFn(&str) -> u32,
    put: impl AsyncFn(u32),
) -> u32 {
    todo!("refresh")
}

/// A future that somebody else completes: in so much time, with this value.
pub fn promise(value: u32, after: Duration) -> oneshot::Receiver<u32> {
    todo!("promise")
}

/// Waits for the value that was promised; `None` if nobody is left to keep the promise.
pub async fn answer(promise: oneshot::Receiver<u32>) -> Option<u32> {
    todo!("answer")
}
