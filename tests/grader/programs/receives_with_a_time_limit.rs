//! passes
//! advice: blocked-executor
//! at: 10
//! A std channel's time limit is time that the thread is held.
use std::sync::mpsc;
use std::time::Duration;

pub async fn scenario() -> u64 {
    let (_sender, receiver) = mpsc::channel::<u64>();
    receiver.recv_timeout(Duration::from_millis(40)).unwrap_err();
    40
}
