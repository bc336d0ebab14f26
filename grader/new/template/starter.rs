//! Two jobs, started together.
//!
//! What each function must do is in `README.md`.

// The body below uses none of its arguments yet. Remove this line once it does.
#![allow(unused_variables)]

use std::future::Future;

/// Runs two jobs at the same time, and gives both answers, that of `one` first.
pub async fn both<A, B>(one: A, other: B) -> (u32, u32)
where
    A: Future<Output = u32> + Send + 'static,
    B: Future<Output = u32> + Send + 'static,
{
    todo!("both")
}
