//! Dropping a future wherever it waits.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::rc::Rc;
use std::task::Poll;

#[derive(Debug)]
pub struct Cancel {
    suspension: u32,
    dropped: Rc<Cell<bool>>,
}

impl Cancel {
    pub(crate) fn at(suspension: u32) -> Self {
        Self {
            suspension,
            dropped: Rc::default(),
        }
    }

    pub(crate) fn outcome(&self) -> Rc<Cell<bool>> {
        self.dropped.clone()
    }

    /// Polls `future` up to its `suspension`th poll, and drops it when that is in vain too.
    pub async fn run<T>(self, future: impl Future<Output = T>) -> Option<T> {
        let mut future = Box::pin(future);
        let mut polls = 0;
        let output = poll_fn(|cx| {
            polls += 1;
            match future.as_mut().poll(cx) {
                Poll::Ready(output) => Poll::Ready(Some(output)),
                Poll::Pending if polls < self.suspension => Poll::Pending,
                Poll::Pending => Poll::Ready(None),
            }
        })
        .await;
        self.dropped.set(output.is_none());
        output
    }
}
