//! One future of two, by the crate `futures`.

use std::future::Future;

pub async fn both<A, B>(one: A, other: B) -> (u32, u32)
where
    A: Future<Output = u32> + Send + 'static,
    B: Future<Output = u32> + Send + 'static,
{
    futures::future::join(one, other).await
}
