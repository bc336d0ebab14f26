//! passes
//! looks like: cancel-unsafe
//! A copy of the inbox is no harm where each letter is crossed off when it was sent.
use std::collections::VecDeque;
use std::sync::Mutex;

pub async fn forward(inbox: &Mutex<VecDeque<u64>>, send: impl AsyncFn(u64)) {
    let letters = inbox.lock().unwrap().clone();
    for letter in letters {
        send(letter).await;
        inbox.lock().unwrap().retain(|other| *other != letter);
    }
}
