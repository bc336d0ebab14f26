//! passes
//! looks like: swallowed-panic
//! Tasks that are cancelled, or catch their own panic, leave none behind.
use std::panic::catch_unwind;
use tokio::task::JoinSet;

pub async fn scenario() -> u64 {
    let mut set = JoinSet::new();
    set.spawn(std::future::pending::<()>());
    drop(set);
    let caught = tokio::spawn(async { catch_unwind(|| panic!("caught")).is_err() });
    while !caught.is_finished() {
        tokio::task::yield_now().await;
    }
    drop(caught);
    0
}
