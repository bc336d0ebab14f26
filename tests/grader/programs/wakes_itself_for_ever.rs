//! fails: livelock
//! at: 8
//! A future that wakes itself and is never ready.
use std::task::Poll;

pub async fn scenario() -> u64 {
    std::future::poll_fn(|cx| {
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}
