//! fails: real-clock
//! at: 10
//! The clock does not wait for the thread, so that nobody seems to be there who could answer.
use std::thread;
use std::time::Duration;
use tokio::sync::oneshot;

pub async fn scenario() -> u64 {
    let (sender, answer) = oneshot::channel();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(10));
        sender.send(10).unwrap();
    });
    answer.await.unwrap()
}
