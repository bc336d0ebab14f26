//! fails: panicked
//! says: there is no reactor running
//! A task needs a runtime.
pub fn program() -> u64 {
    tokio::spawn(async {});
    0
}
