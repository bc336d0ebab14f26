//! fails: blocked-executor
//! at: 10
//! says: a std channel stopped
//! A std channel stops the thread that its sender would run on: no lock is held by anybody.
use std::sync::mpsc;

pub async fn scenario() -> u64 {
    let (sender, receiver) = mpsc::channel();
    tokio::spawn(async move { sender.send(3) });
    receiver.recv().unwrap()
}
