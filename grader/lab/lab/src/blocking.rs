//! `spawn_blocking` in lock-step: a job has a thread of its own, but only one thread of a drive
//! runs at a time, so its order is the schedule's. A blocking sleep in a job is virtual time that
//! the job spends while others run; a job that would wait for a lock or channel gives its turn back
//! until somebody wakes it.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use trace::Owner;

use crate::recorder::{self, Role, enter_task, inside};
use crate::swallowed::OnItsWay;
use crate::task::{Task, place_of, spawning};

/// What a job tells the executor when it gives the turn back.
enum Turn {
    Sleep(Duration),
    /// Until the receiver hears, or the time is up.
    Wait {
        woken: oneshot::Receiver<()>,
        limit: Option<Duration>,
    },
    Done,
}

/// Jobs that wait on a futex: its address, and who to tell.
static WAITERS: Mutex<Vec<(usize, oneshot::Sender<()>)>> = Mutex::new(Vec::new());

fn waiters() -> MutexGuard<'static, Vec<(usize, oneshot::Sender<()>)>> {
    WAITERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whose turn it is. A job may be in the middle of `park` or a std channel when it gives the turn back,
/// so neither can carry it: a lock and a condition variable have words of their own.
struct Turns {
    whose: Mutex<Whose>,
    changed: Condvar,
}

enum Whose {
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
    fn step(&self, task: u32) -> Turn {
        self.give(Whose::Job(task));
        let mut whose = self.whose();
        loop {
            match std::mem::replace(&mut *whose, Whose::Nobody) {
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
    fn take(&self) {
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
}

thread_local! {
    /// The turns of the job that this thread is.
    static TURNS: RefCell<Option<Arc<Turns>>> = const { RefCell::new(None) };
}

/// Runs `job` on a thread of its own, stepped by the runtime. As with tokio's own, aborting the
/// handle does not stop a job that has begun.
pub fn spawn<R: Send + 'static>(
    job: impl FnOnce() -> R + Send + 'static,
    caller: &Location<'_>,
) -> JoinHandle<R> {
    let (answer, result) = oneshot::channel();
    let job = move || {
        let result = catch_unwind(AssertUnwindSafe(job))
            .map_err(|panic| OnItsWay::new(panic, recorder::current_task()));
        let _ = inside(|| answer.send(result));
    };
    let steps = Task::new(step(job), Owner::Submission, place_of(caller));
    spawning(|| {
        tokio::spawn(steps);
        tokio::spawn(async move {
            match result.await {
                Ok(Ok(result)) => result,
                Ok(Err(panic)) => resume_unwind(panic.arrive()),
                Err(_) => unreachable!("a job answers before its thread ends"),
            }
        })
    })
}

/// Steps a job to its end, a turn at a time.
async fn step(job: impl FnOnce() + Send + 'static) {
    let turns = Arc::new(Turns {
        whose: Mutex::new(Whose::Nobody),
        changed: Condvar::new(),
    });
    let theirs = turns.clone();
    // As on tokio's own blocking threads, the runtime can be reached from a job.
    let runtime = Handle::current();
    let thread = inside(|| {
        thread::Builder::new().spawn(move || {
            recorder::set_role(Role::Job);
            inside(|| {
                theirs.take();
                TURNS.set(Some(theirs.clone()));
            });
            let entered = runtime.enter();
            job();
            recorder::set_role(Role::Outside);
            drop(entered);
            theirs.give(Whose::Executor(Turn::Done));
        })
    })
    .expect("the system has room for one thread");
    let task = recorder::current_task();
    loop {
        // What the job reads from a clock is the time at which it was given its turn.
        recorder::now_ns();
        match inside(|| turns.step(task)) {
            Turn::Sleep(length) => tokio::time::sleep(length).await,
            Turn::Wait { woken, limit: None } => drop(woken.await),
            Turn::Wait {
                woken,
                limit: Some(limit),
            } => drop(tokio::time::timeout(limit, woken).await),
            Turn::Done => break,
        }
    }
    let _ = inside(|| thread.join());
}

/// A blocking sleep in a job: its turn goes back until `length` of virtual time has passed.
pub fn sleep(length: Duration) {
    inside(|| give_back(Turn::Sleep(length)));
}

/// A job's wait on the futex at `address`, for at most `limit` of virtual time; whether it was woken.
pub fn wait(address: usize, limit: Option<Duration>) -> bool {
    inside(|| {
        let (wake, woken) = oneshot::channel();
        waiters().push((address, wake));
        give_back(Turn::Wait { woken, limit });
        // Still listed: the time ran out.
        let mut waiters = waiters();
        let listed = waiters
            .iter()
            .position(|(other, wake)| *other == address && wake.is_closed());
        listed.map(|at| waiters.remove(at)).is_none()
    })
}

/// Wakes up to `count` jobs that wait on the futex at `address`; how many there were.
pub fn wake(address: usize, count: usize) -> usize {
    inside(|| {
        let mut waiters = waiters();
        let mut woken = 0;
        while woken < count
            && let Some(at) = waiters.iter().position(|(other, _)| *other == address)
        {
            let (_, wake) = waiters.remove(at);
            if wake.send(()).is_ok() {
                woken += 1;
            }
        }
        woken
    })
}

/// Gives a job's turn back, and takes it again.
fn give_back(why: Turn) {
    TURNS.with_borrow(|turns| {
        if let Some(turns) = turns {
            turns.give(Whose::Executor(why));
            turns.take();
        }
    });
}
