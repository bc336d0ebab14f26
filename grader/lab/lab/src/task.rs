//! Tasks: what the facade's `spawn` wraps a future in, so that the trace knows it.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;
use trace::{Ending, Kind, Owner, Place};

use crate::recorder::{self, enter_task, record};
use crate::schedule::Turns;
use crate::{foreign, stuck, supervise, suspended, swallowed};

pin_project! {
    /// A future with a task number: its spawn, polls and end are recorded.
    #[derive(Debug)]
    pub struct Task<F> {
        #[pin]
        future: F,
        life: Life,
        turns: Turns,
    }

    impl<F> PinnedDrop for Task<F> {
        fn drop(this: Pin<&mut Self>) {
            suspended::withdraw(this.life.task);
        }
    }
}

/// Records the end of a task when it goes, however it goes.
#[derive(Debug)]
struct Life {
    task: u32,
    owner: Owner,
    ended: bool,
}

impl<F> Task<F> {
    /// Numbers and records a task. `place` is where the submission spawned it.
    pub fn new(future: F, owner: Owner, place: Place) -> Self {
        let task = recorder::new_task();
        record(Kind::Spawned { task, owner, place });
        Self {
            future,
            life: Life {
                task,
                owner,
                ended: false,
            },
            turns: Turns::default(),
        }
    }

    pub(crate) fn number(&self) -> u32 {
        self.life.task
    }

    /// The task of the driver itself, number 0.
    pub(crate) fn root(future: F) -> Self {
        Self {
            future,
            life: Life {
                task: 0,
                owner: Owner::Driver,
                ended: false,
            },
            turns: Turns::default(),
        }
    }
}

/// A task spawned from `caller`: the driver's when that is in a driver, else the submission's.
pub fn spawned_at<F>(future: F, caller: &Location<'_>) -> Task<F> {
    let owner = if is_driver(caller) {
        Owner::Driver
    } else {
        Owner::Submission
    };
    Task::new(future, owner, place_of(caller))
}

/// Whether a location is in a driver: the grader compiles one in its own folder, so that the path
/// is a bare file name.
pub fn is_driver(location: &Location<'_>) -> bool {
    !location.file().contains('/')
}

/// Spawns a [`Task`] through tokio; the runtime's hooks leave it alone.
pub fn spawning<R>(spawn: impl FnOnce() -> R) -> R {
    foreign::not_foreign(spawn)
}

/// The place a caller's location names, if it is in the submission.
pub fn place_of(location: &Location<'_>) -> Place {
    if crate::place::is_submission(location.file()) {
        Place::Known {
            file: location.file().to_owned(),
            line: location.line(),
        }
    } else {
        crate::place::here()
    }
}

impl<F: Future> Future for Task<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let task = this.life.task;
        let before = enter_task(task);
        if supervise::count_poll(task) {
            supervise::livelock(stuck::caught(task, this.future));
        }
        if !stuck::is_asking() && this.turns.holds_back(task, cx) {
            enter_task(before);
            return Poll::Pending;
        }
        let poll = || recorder::polling(|| suspended::poll(task, this.future, cx));
        let polled = catch_unwind(AssertUnwindSafe(poll));
        let polled = match polled {
            Ok(Poll::Pending) => Ok(Poll::Pending),
            Ok(ready) => {
                this.life.end(Ending::Finished);
                Ok(ready)
            }
            Err(panic) => {
                this.life.end(Ending::Panicked);
                if this.life.owner == Owner::Submission {
                    swallowed::follow(&panic, task);
                }
                Err(panic)
            }
        };
        enter_task(before);
        polled.unwrap_or_else(|panic: Box<dyn Any + Send>| resume_unwind(panic))
    }
}

impl Life {
    fn end(&mut self, how: Ending) {
        if !self.ended {
            self.ended = true;
            record(Kind::Ended {
                task: self.task,
                how,
            });
        }
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        self.end(Ending::Cancelled);
    }
}

#[cfg(test)]
mod tests {
    use tokio_test::{assert_pending, assert_ready_eq, task};

    use super::Task;

    #[test]
    fn a_task_is_polled_as_its_future_is() {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        let mut polled = task::spawn(Task::root(receiver));
        assert_pending!(polled.poll());
        assert!(!polled.is_woken());
        sender.send(7).unwrap();
        assert!(polled.is_woken());
        assert_ready_eq!(polled.poll(), Ok(7));
    }

    #[test]
    fn a_panic_passes_through() {
        let mut polled = task::spawn(Task::root(async { panic!("out") }));
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| polled.poll()));
        assert_eq!(*panic.unwrap_err().downcast::<&str>().unwrap(), "out");
    }
}
