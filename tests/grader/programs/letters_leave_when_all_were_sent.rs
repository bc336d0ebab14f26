//! fails: cancel-unsafe
//! Those that were sent are still there, and would be sent again.
use std::collections::VecDeque;
use std::sync::Mutex;

pub async fn forward(inbox: &Mutex<VecDeque<u64>>, send: impl AsyncFn(u64)) {
    let letters = inbox.lock().unwrap().clone();
    for letter in letters {
        send(letter).await;
    }
    inbox.lock().unwrap().clear();
}
