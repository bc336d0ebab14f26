//! Three letters, each sent in 10 ms. Forwarding is dropped while it waits for the first, the
//! second and the third, and then not at all.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Mutex;
use std::time::Duration;

use contract::forward;
use lab::{Lab, drive};
use tokio::time::timeout;

lab::driver!(contract);

#[drive]
async fn forwards(lab: Lab) {
    for dropped_ms in [5, 15, 25, 1000] {
        let inbox = Mutex::new(VecDeque::from([1, 2, 3]));
        let sent = Rc::new(RefCell::new(Vec::new()));
        let (sending, counting) = (lab.clone(), sent.clone());
        let send = async move |letter: u64| {
            sending.sleep(10).await;
            counting.borrow_mut().push(letter);
        };
        let _ = timeout(Duration::from_millis(dropped_ms), forward(&inbox, send)).await;
        let kept: Vec<u64> = inbox.lock().expect("no panic").iter().copied().collect();
        lab.note("dropped", (kept, sent.borrow().clone()));
    }
}
