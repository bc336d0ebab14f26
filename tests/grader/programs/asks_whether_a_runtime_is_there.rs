//! passes
//! looks like: panicked
//! Sync code that finds a runtime around it says so; outside it waits for the one that it keeps.
use std::sync::OnceLock;
use std::time::Duration;
use tokio::runtime::{Handle, Runtime};

/// One for the whole program: nobody ever drops it.
static RUNTIME: OnceLock<Runtime> = OnceLock::new();

fn value() -> Result<u64, &'static str> {
    if Handle::try_current().is_ok() {
        return Err("inside a runtime");
    }
    let runtime = RUNTIME.get_or_init(|| Runtime::new().unwrap());
    Ok(runtime.block_on(async {
        tokio::time::sleep(Duration::from_millis(5)).await;
        5
    }))
}

pub fn program() -> u64 {
    let outside = value().unwrap();
    let inside = RUNTIME.get().unwrap().block_on(async { value() });
    assert_eq!(inside, Err("inside a runtime"));
    RUNTIME.get().unwrap().spawn(std::future::pending::<()>());
    outside + value().unwrap()
}
