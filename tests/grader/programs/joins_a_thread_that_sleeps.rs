//! fails: real-clock
//! Joining it is the smaller trouble: nothing seen beside that thread can be relied on.
use std::thread;
use std::time::Duration;

pub async fn scenario() -> u64 {
    thread::spawn(|| thread::sleep(Duration::from_millis(1))).join().unwrap();
    0
}
