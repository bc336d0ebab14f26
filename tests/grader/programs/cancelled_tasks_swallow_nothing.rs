//! passes
//! Tasks that are cancelled, or catch their own panic, leave none behind.
use std::panic::catch_unwind;
use tokio::task::JoinSet;

pub async fn scenario() -> u64 {
    let mut set = JoinSet::new();
    set.spawn(std::future::pending::<()>());
    drop(set);
    let caught = tokio::spawn(async { catch_unwind(|| panic!("caught")).is_err() });
    tokio::task::yield_now().await;
    assert!(caught.is_finished());
    drop(caught);
    0
}
