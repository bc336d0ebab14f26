//! fails: deadlock
//! looks like: lost-wakeup
//! at: 8
//! says: for `pending()`, which never comes
//! It waits for good on purpose: no wake-up was lost.
pub async fn scenario() -> u64 {
    let never = std::future::pending::<u64>();
    never.await
}
