//! caught-by: answers_are_in_the_order_of_the_jobs
//! finding: wrong-value
//!
//! The misconception: answers come in the order in which they are wanted.

use std::future::Future;

use tokio::task::JoinSet;

pub async fn both<A, B>(one: A, other: B) -> (u32, u32)
where
    A: Future<Output = u32> + Send + 'static,
    B: Future<Output = u32> + Send + 'static,
{
    let mut jobs = JoinSet::new();
    jobs.spawn(one);
    jobs.spawn(other);
    let answers = jobs.join_all().await;
    (answers[0], answers[1])
}
