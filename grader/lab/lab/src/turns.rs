//! Whose turn it is: the executor's, or the job's that it steps.

use std::cell::Cell;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use trace::Place;

use crate::recorder::{self, enter_task};
use crate::{leaf, place};

/// What a job tells the executor when it gives the turn back.
#[derive(Debug)]
pub enum Turn {
    /// Until everybody else had one who could.
    Yield,
    Sleep(Duration),
    /// Until it is woken, or the time is up.
    Wait(Option<Duration>),
    Done,
    /// It was only asked.
    Told(Blocked),
}

/// What a job that waits on a futex waits for.
#[derive(Debug)]
pub struct Blocked {
    /// Its number, if it has one.
    pub task: Option<u32>,
    /// A std call that blocks, and whether that is a lock; none when no name tells.
    pub by: Option<(&'static str, bool)>,
    pub place: Place,
    /// Whether it polls a task: its runtime stands still with it.
    pub polls: bool,
}

impl Blocked {
    fn here() -> Self {
        Self {
            task: None,
            by: leaf::blocked(),
            place: place::here(),
            polls: recorder::is_polling(),
        }
    }

    /// The std lock that it is, if it is one.
    pub fn lock(&self) -> Option<&'static str> {
        self.by.filter(|(_, is_lock)| *is_lock).map(|(by, _)| by)
    }
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
    /// The job's, to say where it waits.
    Asked,
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
        self.turn(Whose::Job(task))
    }

    /// The executor's side: asks a job that waits for its turn what it waits for meanwhile.
    pub fn ask(&self) -> Option<Blocked> {
        match self.turn(Whose::Asked) {
            Turn::Told(blocked) => Some(blocked),
            _ => None,
        }
    }

    fn turn(&self, to: Whose) -> Turn {
        self.give(to);
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
            match *whose {
                Whose::Job(task) => {
                    enter_task(task);
                    return;
                }
                Whose::Asked => {
                    *whose = Whose::Executor(Turn::Told(Blocked::here()));
                    self.changed.notify_all();
                }
                Whose::Nobody | Whose::Executor(_) => {}
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
