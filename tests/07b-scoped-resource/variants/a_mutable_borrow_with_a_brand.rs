//! A mutable borrow of a type that has its scope's own lifetime: two of them are of two types, and cannot change places.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::task::Poll;

use tokio::sync::oneshot;

/// A roll of tickets, whose scope has its lifetime to itself.
pub struct Resource<'scope> {
    name: &'scope str,
    torn_off: &'scope Cell<u32>,
    brand: std::marker::PhantomData<Cell<&'scope ()>>,
}

impl Resource<'_> {
    pub fn name(&self) -> &str {
        self.name
    }

    pub fn next(&self) -> u32 {
        self.torn_off.set(self.torn_off.get() + 1);
        self.torn_off.get()
    }
}

pub async fn with_resource<T, R, F>(
    acquire: impl AsyncFnOnce() -> String,
    release: R,
    body: impl AsyncFnOnce(&mut Resource<'_>) -> T,
) -> T
where
    R: FnOnce(String, u32) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let name = acquire().await;
    // The keeper hears of the end when the sender is gone, with or without a word.
    let (over, ends) = oneshot::channel();
    let kept = name.clone();
    let keeper = tokio::spawn(async move {
        let torn_off = ends.await.unwrap_or_default();
        release(kept, torn_off).await;
    });
    let torn_off = Cell::new(0);
    let over = Over(Some(over), &torn_off);
    let mut resource = Resource {
        name: &name,
        torn_off: &torn_off,
        brand: std::marker::PhantomData,
    };
    let ended = {
        let mut body = pin!(body(&mut resource));
        std::future::poll_fn(
            |cx| match catch_unwind(AssertUnwindSafe(|| body.as_mut().poll(cx))) {
                Ok(poll) => poll.map(Ok),
                Err(panic) => Poll::Ready(Err(panic)),
            },
        )
        .await
    };
    drop(over);
    let _ = keeper.await;
    ended.unwrap_or_else(|panic| resume_unwind(panic))
}

struct Over<'a>(Option<oneshot::Sender<u32>>, &'a Cell<u32>);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        if let Some(over) = self.0.take() {
            let _ = over.send(self.1.get());
        }
    }
}
