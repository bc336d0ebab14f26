//! passes
use std::sync::Mutex;
use std::task::Waker;

static KEPT: Mutex<Vec<Waker>> = Mutex::new(Vec::new());

pub async fn answer() -> u32 {
    std::future::poll_fn(|cx| {
        let mut kept = KEPT.lock().unwrap();
        kept.iter().for_each(Waker::wake_by_ref);
        kept.push(cx.waker().clone());
        std::task::Poll::Ready(())
    })
    .await;
    42
}
