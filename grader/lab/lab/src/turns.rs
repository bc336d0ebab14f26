//! Whose turn it is: the executor's, or the job's that it steps.

use std::cell::Cell;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::recorder::enter_task;

/// What a job tells the executor when it gives the turn back.
#[derive(Debug)]
pub enum Turn {
    /// Until everybody else had one who could.
    Yield,
    Sleep(Duration),
    /// Until it is woken, or the time is up.
    Wait(Option<Duration>),
    Done,
}

thread_local! {
    static BESIDE: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`, which polls a future on a thread that polls nothing else.
pub fn beside<R>(work: impl FnOnce() -> R) -> R {
    struct Leave(bool);
    impl Drop for Leave {
        fn drop(&mut self) {
            BESIDE.set(self.0);
        }
    }
    let _leave = Leave(BESIDE.replace(true));
    work()
}

/// Whether a future that yields here yields to nobody on its thread.
pub fn is_beside() -> bool {
    BESIDE.get()
}

/// A job may be in the middle of `park` or a std channel when it gives the turn back, so neither can
/// carry it: a lock and a condition variable have words of their own.
#[derive(Debug, Default)]
pub struct Turns {
    whose: Mutex<Whose>,
    changed: Condvar,
}

#[derive(Debug, Default)]
enum Whose {
    #[default]
    Nobody,
    /// The job's, which goes on as this task.
    Job(u32),
    Executor(Turn),
}

impl Turns {
    fn whose(&self) -> MutexGuard<'_, Whose> {
        self.whose.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn give(&self, to: Whose) {
        *self.whose() = to;
        self.changed.notify_all();
    }

    /// The executor's side: gives the job its turn, and waits for what it says when it gives it back.
    pub fn step(&self, task: u32) -> Turn {
        self.give(Whose::Job(task));
        let mut whose = self.whose();
        loop {
            match std::mem::take(&mut *whose) {
                Whose::Executor(turn) => return turn,
                other => *whose = other,
            }
            whose = self
                .changed
                .wait(whose)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The job's side: waits for its turn.
    pub fn take(&self) {
        let mut whose = self.whose();
        loop {
            if let Whose::Job(task) = *whose {
                enter_task(task);
                return;
            }
            whose = self
                .changed
                .wait(whose)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The job's side: gives its turn back, and says why.
    pub fn give_back(&self, why: Turn) {
        self.give(Whose::Executor(why));
    }
}
