//! fails: cancel-unsafe
//! The whole inbox goes with the future that has emptied it.
use std::collections::VecDeque;
use std::sync::Mutex;

pub async fn forward(inbox: &Mutex<VecDeque<u64>>, send: impl AsyncFn(u64)) {
    let letters = std::mem::take(&mut *inbox.lock().unwrap());
    for letter in letters {
        send(letter).await;
    }
}
