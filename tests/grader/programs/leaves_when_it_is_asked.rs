//! fails: lost-wakeup
//! at: 20
//! What a task does when the lab asks where it is stuck is no part of the run, be it to leave.
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;
use tokio::time::sleep;

async fn raised(flag: &AtomicBool) {
    poll_fn(|_| if flag.load(Ordering::Relaxed) { Poll::Ready(()) } else { Poll::Pending }).await;
}

pub async fn scenario() -> u64 {
    let flag = Arc::new(AtomicBool::new(false));
    let tasks: Vec<_> = (0..2)
        .map(|number| {
            let flag = flag.clone();
            tokio::spawn(async move {
                raised(&flag).await;
                assert!(number == 0, "panics when it is asked");
                std::process::exit(1);
            })
        })
        .collect();
    sleep(Duration::from_millis(5)).await;
    flag.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await.unwrap();
    }
    5
}
