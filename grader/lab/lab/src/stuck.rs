//! Where tasks are stuck: each is polled once more with a waker that, when a leaf future clones
//! it to wait, takes a backtrace. A future that waits without a waker (`pending()`) is not found.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

use trace::Place;

use crate::recorder::inside;

thread_local! {
    /// The last waker of every task that is alive.
    static WAKERS: RefCell<BTreeMap<u32, Waker>> = const { RefCell::new(BTreeMap::new()) };
    /// While it is asked where tasks are stuck: the places found so far.
    static FOUND: RefCell<Option<BTreeMap<u32, Place>>> = const { RefCell::new(None) };
    static ASKED: RefCell<u32> = const { RefCell::new(0) };
}

/// Whether tasks are being asked where they are stuck.
pub fn is_asking() -> bool {
    FOUND.with_borrow(Option::is_some)
}

/// Whether no task is alive that was ever polled.
pub fn nobody_lives() -> bool {
    WAKERS.with_borrow(BTreeMap::is_empty)
}

/// Polls a task's future; remembers its waker, or asks where it waits.
pub fn poll<F: Future>(task: u32, future: Pin<&mut F>, cx: &mut Context<'_>) -> Poll<F::Output> {
    if is_asking() {
        ASKED.replace(task);
        return future.poll(&mut Context::from_waker(&asking_waker()));
    }
    inside(|| {
        WAKERS.with_borrow_mut(|wakers| {
            if !wakers
                .get(&task)
                .is_some_and(|old| old.will_wake(cx.waker()))
            {
                wakers.insert(task, cx.waker().clone());
            }
        });
    });
    future.poll(cx)
}

/// Polls a task once more, and answers where it took hold of its waker.
pub fn caught<F: Future>(task: u32, future: Pin<&mut F>) -> Place {
    FOUND.set(Some(BTreeMap::new()));
    ASKED.replace(task);
    let _ = future.poll(&mut Context::from_waker(&asking_waker()));
    FOUND
        .take()
        .and_then(|mut found| found.remove(&task))
        .unwrap_or(Place::Unknown)
}

/// Forgets a task that is over.
pub fn forget(task: u32) {
    let _ = inside(|| WAKERS.try_with(|wakers| wakers.borrow_mut().remove(&task)));
}

/// Asks every waiting task where it is stuck; `root` is task 0, which nobody else polls. Nothing
/// useful can run afterwards: the tasks' own wakers are lost.
pub async fn ask<F: Future>(mut root: Pin<&mut F>) -> Vec<(u32, Place)> {
    let wakers = WAKERS.with_borrow(Clone::clone);
    let found = wakers.keys().map(|task| (*task, Place::Unknown)).collect();
    FOUND.set(Some(found));
    for (task, waker) in &wakers {
        if *task != 0 {
            waker.wake_by_ref();
        }
    }
    poll_fn(|cx| {
        let _ = root.as_mut().poll(cx);
        Poll::Ready(())
    })
    .await;
    // Every woken task is polled before this one comes round again.
    for _ in 0..wakers.len().div_ceil(16) + 2 {
        tokio::task::yield_now().await;
    }
    FOUND.take().unwrap_or_default().into_iter().collect()
}

fn note_place() {
    let task = ASKED.with_borrow(|task| *task);
    let place = inside(crate::place::here);
    FOUND.with_borrow_mut(|found| {
        if let Some(seen) = found
            .as_mut()
            .map(|found| found.entry(task).or_insert(Place::Unknown))
            && *seen == Place::Unknown
        {
            *seen = place;
        }
    });
}

#[expect(
    unsafe_code,
    reason = "a waker that sees its own clones needs a vtable"
)]
fn asking_waker() -> Waker {
    const VTABLE: RawWakerVTable = RawWakerVTable::new(
        |_| {
            note_place();
            RawWaker::new(std::ptr::null(), &VTABLE)
        },
        |_| note_place(),
        |_| note_place(),
        |_| {},
    );
    // SAFETY: the vtable's functions never look at the data pointer, so every rule on it holds.
    unsafe { Waker::from_raw(RawWaker::new(std::ptr::null(), &VTABLE)) }
}
