//! Dropping a future of the submission wherever it waits.
//!
//! A future suspends when a poll of it answers `Pending`. Each poll but the last does, so that the
//! `k`th suspension is the end of the `k`th poll: there is no second way to count. An await at which a
//! future is polled three times in vain is three suspensions.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

use trace::{Kind, Place};

use crate::recorder::{inside, record};

thread_local! {
    /// Where the future that is being polled last took hold of its waker.
    static WAITS: RefCell<Place> = const { RefCell::new(Place::Unknown) };
}

/// Which suspension is the last one.
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

    /// Whether [`Cancel::run`] dropped its future; said after `self` is gone.
    pub(crate) fn outcome(&self) -> Rc<Cell<bool>> {
        self.dropped.clone()
    }

    /// Polls `future` as a part of the running task, so that timers and wakers work as ever, and
    /// drops it at the suspension. `None` then; its output when it is done before.
    ///
    /// What it spawned goes on.
    pub async fn run<T>(self, future: impl Future<Output = T>) -> Option<T> {
        let mut future = inside(|| Box::pin(future));
        let mut polls = 0;
        let output = poll_fn(|cx| {
            polls += 1;
            if polls < self.suspension {
                return future.as_mut().poll(cx).map(Some);
            }
            Poll::Ready(match watched(future.as_mut(), cx) {
                Poll::Ready(output) => Some(output),
                Poll::Pending => None,
            })
        })
        .await;
        if output.is_none() {
            self.dropped.set(true);
            record(Kind::Cancelled {
                suspension: self.suspension,
                place: WAITS.replace(Place::Unknown),
            });
        }
        drop(future);
        output
    }
}

/// Polls `future` with a waker that notes where it is cloned.
fn watched<F: Future>(future: Pin<&mut F>, cx: &mut Context<'_>) -> Poll<F::Output> {
    WAITS.set(Place::Unknown);
    future.poll(&mut Context::from_waker(&noting(cx.waker())))
}

fn note_place() {
    let place = inside(crate::place::here);
    if place != Place::Unknown {
        // Of two places the later one is where it waits: at the first it may have gone on.
        WAITS.set(place);
    }
}

/// A waker that wakes as `waker` does; its clones are clones of `waker`. It must not outlive it.
#[expect(
    unsafe_code,
    reason = "a waker that sees its own clones needs a vtable"
)]
fn noting(waker: &Waker) -> Waker {
    unsafe fn behind<'a>(waker: *const ()) -> &'a Waker {
        // SAFETY: every function below is called through a waker of `noting`, whose data this is.
        unsafe { &*waker.cast::<Waker>() }
    }
    const VTABLE: RawWakerVTable = RawWakerVTable::new(
        |waker| {
            note_place();
            // SAFETY: as `behind` says; the clone's own parts make up a waker again.
            let clone = std::mem::ManuallyDrop::new(unsafe { behind(waker) }.clone());
            RawWaker::new(clone.data(), clone.vtable())
        },
        // SAFETY: as `behind` says.
        |waker| unsafe { behind(waker) }.wake_by_ref(),
        |waker| {
            note_place();
            // SAFETY: as `behind` says.
            unsafe { behind(waker) }.wake_by_ref();
        },
        |_| {},
    );
    // SAFETY: `watched` drops it before the borrow of `waker` ends, and lends it as a `Context` only.
    unsafe { Waker::from_raw(RawWaker::new(std::ptr::from_ref(waker).cast(), &VTABLE)) }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::future::poll_fn;
    use std::path::PathBuf;
    use std::task::Poll;

    use tokio_test::{assert_pending, assert_ready_eq, task};

    use super::Cancel;
    use crate::Lab;

    /// Suspends twice, and says how far it got.
    async fn steps(reached: &Cell<u32>, woken: &tokio::sync::Notify) {
        reached.set(1);
        woken.notified().await;
        reached.set(2);
        woken.notified().await;
        reached.set(3);
    }

    #[test]
    fn a_future_is_dropped_at_the_suspension_and_not_before() {
        for (suspension, gets_to) in [(1, 1), (2, 2)] {
            let (reached, woken) = (Cell::new(0), tokio::sync::Notify::new());
            let cancel = Cancel::at(suspension);
            let dropped = cancel.outcome();
            let mut run = task::spawn(cancel.run(steps(&reached, &woken)));
            for _ in 1..suspension {
                assert_pending!(run.poll());
                woken.notify_one();
                assert!(run.is_woken());
            }
            assert_ready_eq!(run.poll(), None);
            assert!(dropped.get());
            assert_eq!(reached.get(), gets_to);
        }
    }

    #[test]
    fn a_future_that_is_done_before_is_left_to_finish() {
        let (reached, woken) = (Cell::new(0), tokio::sync::Notify::new());
        let cancel = Cancel::at(3);
        let dropped = cancel.outcome();
        let mut run = task::spawn(cancel.run(steps(&reached, &woken)));
        for _ in 0..2 {
            assert_pending!(run.poll());
            woken.notify_one();
        }
        assert_ready_eq!(run.poll(), Some(()));
        assert!(!dropped.get());
        assert_eq!(reached.get(), 3);
    }

    /// How many runs a future that suspends `suspensions` times gets, of at most 5.
    fn runs(suspensions: u32) -> u32 {
        let runs = Cell::new(0);
        let lab = Lab::new(PathBuf::new());
        tokio_test::block_on(lab.cancel_everywhere(5, async |cancel| {
            runs.set(runs.get() + 1);
            let waits = async {
                for _ in 0..suspensions {
                    tokio::task::yield_now().await;
                }
            };
            cancel.run(waits).await;
        }));
        runs.get()
    }

    #[test]
    fn a_scenario_is_run_until_its_future_is_done_or_the_cap_is_reached() {
        assert_eq!([runs(0), runs(2), runs(4), runs(5)], [1, 3, 5, 5]);
    }

    #[test]
    fn a_waker_that_is_kept_from_the_last_poll_still_wakes() {
        let kept = Cell::new(None);
        let keeps = poll_fn(|cx| {
            kept.set(Some(cx.waker().clone()));
            Poll::<()>::Pending
        });
        let mut run = task::spawn(Cancel::at(1).run(keeps));
        assert_ready_eq!(run.poll(), None);
        assert!(!run.is_woken());
        kept.take().unwrap().wake();
        assert!(run.is_woken());
    }
}
