//! passes
//! A `LocalSet` has tasks that are not `Send`.
use std::rc::Rc;
use std::time::Duration;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let value = Rc::new(3);
    LocalSet::new()
        .run_until(async {
            let task = spawn_local(async move {
                sleep(Duration::from_millis(5)).await;
                *value
            });
            assert_eq!(task.await.unwrap(), 3);
        })
        .await;
    5
}
