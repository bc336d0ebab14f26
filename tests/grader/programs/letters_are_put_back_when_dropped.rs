//! passes
//! looks like: cancel-unsafe
//! A guard puts back what was not sent.
use std::collections::VecDeque;
use std::sync::Mutex;

struct Taken<'a> {
    letter: Option<u64>,
    inbox: &'a Mutex<VecDeque<u64>>,
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        if let Some(letter) = self.letter {
            self.inbox.lock().unwrap().push_front(letter);
        }
    }
}

fn take(inbox: &Mutex<VecDeque<u64>>) -> Option<Taken<'_>> {
    let letter = inbox.lock().unwrap().pop_front();
    letter.map(|letter| Taken { letter: Some(letter), inbox })
}

pub async fn forward(inbox: &Mutex<VecDeque<u64>>, send: impl AsyncFn(u64)) {
    while let Some(mut taken) = take(inbox) {
        send(taken.letter.unwrap()).await;
        taken.letter = None;
    }
}
