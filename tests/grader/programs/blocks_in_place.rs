//! fails: panicked
//! `block_in_place` has no other worker to hand the tasks to: as on every current-thread runtime, it panics.
pub async fn scenario() -> u64 {
    tokio::task::block_in_place(|| 0)
}
