//! fails: deadlock
//! looks like: lost-wakeup
//! at: 9
//! Somebody keeps its waker, and never has a reason to call it.
use tokio::sync::oneshot;

pub async fn scenario() -> u64 {
    let (_kept, answer) = oneshot::channel::<u64>();
    answer.await.unwrap_or(0)
}
