//! fails: panicked
//! at: 9
//! says: Cannot start a runtime from within a runtime
//! What is called from async code and waits for a runtime of its own panics, as in life.
use tokio::runtime::Builder;

fn value() -> u64 {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { 0 })
}

#[tokio::main(flavor = "current_thread")]
pub async fn program() -> u64 {
    value()
}
