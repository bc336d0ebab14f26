//! bug: a future keeps the waker of its first poll, and is then polled by another task
//! finding: lost-wakeup

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use service::Service;
use tokio::time::timeout;

#[derive(Default)]
struct State {
    answer: Option<u32>,
    waker: Option<Waker>,
}

struct Answer(Arc<Mutex<State>>);

impl Future for Answer {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u32> {
        let mut state = self.0.lock().unwrap();
        if let Some(answer) = state.answer {
            return Poll::Ready(answer);
        }
        state.waker.get_or_insert_with(|| cx.waker().clone());
        Poll::Pending
    }
}

pub async fn scenario(service: Service) -> anyhow::Result<()> {
    let state = Arc::new(Mutex::new(State::default()));
    let mut answer = Answer(state.clone());
    let server = tokio::spawn(async move {
        service.call("compute", 10).await;
        let mut state = state.lock().unwrap();
        state.answer = Some(42);
        if let Some(waker) = state.waker.take() {
            waker.wake();
        }
    });
    let soon = timeout(Duration::from_millis(13), &mut answer).await;
    if soon.is_err() {
        // Somebody else may wait for it.
        tokio::spawn(answer).await?;
    }
    server.await?;
    Ok(())
}
