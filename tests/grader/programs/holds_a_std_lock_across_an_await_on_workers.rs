//! fails: lock-across-await
//! at: 14
//! A task of a runtime with workers wants the std lock that `main` holds while it waits for it.
use std::sync::{Arc, Mutex};

#[tokio::main]
pub async fn program() -> u64 {
    let total = Arc::new(Mutex::new(10));
    let theirs = total.clone();
    let held = total.lock().unwrap();
    let task = tokio::spawn(async move {
        *theirs.lock().unwrap()
    });
    *held + task.await.unwrap()
}
