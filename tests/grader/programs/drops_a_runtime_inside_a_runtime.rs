//! fails: panicked
//! says: Cannot drop a runtime in a context where blocking is not allowed
//! The end of a runtime waits for its threads, which a task must not.
#[tokio::main]
pub async fn program() -> u64 {
    drop(tokio::runtime::Runtime::new().unwrap());
    0
}
