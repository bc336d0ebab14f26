//! A task for each job, awaited in their order.

use std::future::Future;

pub async fn both<A, B>(one: A, other: B) -> (u32, u32)
where
    A: Future<Output = u32> + Send + 'static,
    B: Future<Output = u32> + Send + 'static,
{
    let (one, other) = (tokio::spawn(one), tokio::spawn(other));
    (
        one.await.expect("a job does not panic"),
        other.await.expect("a job does not panic"),
    )
}
