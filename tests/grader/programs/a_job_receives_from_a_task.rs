//! passes
//! looks like: deadlock
//! `blocking_recv` and `Handle::block_on` work in a job.
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

pub async fn scenario() -> u64 {
    let (sender, receiver) = oneshot::channel();
    let job = spawn_blocking(move || receiver.blocking_recv().unwrap());
    sleep(Duration::from_millis(5)).await;
    sender.send(7).unwrap();
    assert_eq!(job.await.unwrap(), 7);
    let handle = Handle::current();
    spawn_blocking(move || handle.block_on(sleep(Duration::from_millis(10)))).await.unwrap();
    15
}
