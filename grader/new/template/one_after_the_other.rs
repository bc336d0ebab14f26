//! caught-by: it_takes_as_long_as_the_longer_job
//! finding: too-late
//!
//! The misconception: to call an async function is to start it.

use std::future::Future;

pub async fn both<A, B>(one: A, other: B) -> (u32, u32)
where
    A: Future<Output = u32> + Send + 'static,
    B: Future<Output = u32> + Send + 'static,
{
    let _ = (one, other);
    todo!("FILL IN 3 of 3: a wrong answer that this check must catch, here one job after the other")
}
