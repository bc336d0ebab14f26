//! fails: deadlock
//! looks like: lost-wakeup
//! at: 10
//! says: for a `Notify`
//! `notify_waiters` reaches only who waits already; the lab cannot call that lost on its own.
use tokio::sync::Notify;
pub async fn scenario() -> u64 {
    let notify = Notify::new();
    notify.notify_waiters();
    notify.notified().await;
    0
}
