//! fails: deadlock
//! looks like: lost-wakeup
//! at: 13
//! says: for something that is not tokio's
//! A future that keeps its waker as it should, for what never comes.
use std::future::poll_fn;
use std::task::{Poll, Waker};

pub async fn scenario() -> u64 {
    let mut kept: Vec<Waker> = Vec::new();
    poll_fn(|cx| {
        println!("polled");
        kept.push(cx.waker().clone());
        Poll::<u64>::Pending
    })
    .await
}
