//! Threads in lock-step, those of `spawn_blocking` and of the submission's own runtimes: a job has a thread
//! of its own, but only one thread of a drive runs at a time, so its order is the schedule's. A blocking
//! sleep in a job is virtual time that the job spends while others run; a job that would wait for a lock or
//! channel gives its turn back until somebody wakes it. While the executor itself waits for a lock or
//! channel, jobs go on.

mod job;
mod line;
mod meanwhile;
mod waits;

use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use trace::{Owner, Place};

use crate::recorder::{current_task, inside};
use crate::runtime::{self, Pool};
use crate::swallowed::OnItsWay;
use crate::task::{Task, place_of, spawning};

use job::Job;
pub use line::drop_queued;
pub use meanwhile::meanwhile;
pub use waits::{blocked, sleep, wait, wake, yield_turn};

/// The drive's own runtime, which steps every job.
static DRIVE: Mutex<Option<Handle>> = Mutex::new(None);

/// A drive begins, in this runtime: jobs of the one before are never given a turn again.
pub fn reset(drive: &Handle) {
    *held(&DRIVE) = Some(drive.clone());
    job::reset();
    waits::reset();
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs `job` on a thread of its own, beside the current runtime. As with tokio's own, aborting the
/// handle does not stop a job that has begun.
///
/// # Panics
/// Outside a runtime.
#[track_caller]
pub fn spawn<R: Send + 'static>(
    job: impl FnOnce() -> R + Send + 'static,
    caller: &Location<'_>,
) -> JoinHandle<R> {
    let runtime = Handle::current();
    let (answer, result) = oneshot::channel();
    let entered = runtime.clone();
    let main = move || {
        // As on tokio's own blocking threads, the runtime can be reached from a job.
        let _entered = entered.enter();
        answered(job, answer);
    };
    let job = numbered(
        runtime::pool(&runtime),
        Owner::Submission,
        place_of(caller),
        main,
    );
    // Beside the drive: a runtime that nobody drives has blocking threads all the same.
    let answers = spawning(|| drive().spawn(async move { arrived(result.await) }));
    *held(&job.answers) = Some(answers.abort_handle());
    answers
}

/// Runs `work` on a thread that is no runtime's, for the driver, which waits for it.
///
/// # Panics
/// With the panic that comes out of it.
pub async fn outside<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> R {
    let (answer, result) = oneshot::channel();
    numbered(None, Owner::Driver, Place::Unknown, move || {
        answered(work, answer);
    });
    arrived(result.await)
}

/// Starts a thread of a runtime's own, which is nobody's task.
pub fn start(pool: Arc<Pool>, main: impl FnOnce() + Send + 'static) {
    let job = Job::new(Some(pool), false, main);
    spawning(|| drive().spawn(job.step()));
}

/// What a job answers: its result, or the panic that came out of it.
type Answer<R> = Result<R, OnItsWay>;

fn answered<R>(job: impl FnOnce() -> R, answer: oneshot::Sender<Answer<R>>) {
    let result =
        catch_unwind(AssertUnwindSafe(job)).map_err(|panic| OnItsWay::new(panic, current_task()));
    let _ = inside(|| answer.send(result));
}

fn arrived<R>(answer: Result<Answer<R>, oneshot::error::RecvError>) -> R {
    match answer {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => resume_unwind(panic.arrive()),
        Err(_) => unreachable!("a job answers before its thread ends"),
    }
}

/// Starts a job that has a number, or queues it where its runtime has as many as it may.
fn numbered(
    pool: Option<Arc<Pool>>,
    owner: Owner,
    place: Place,
    main: impl FnOnce() + Send + 'static,
) -> Arc<Job> {
    let job = Job::new(pool, true, main);
    let steps = Task::new(job.clone().step(), owner, place);
    job.task.store(steps.number(), Ordering::Relaxed);
    spawning(|| drive().spawn(steps));
    job
}

fn drive() -> Handle {
    inside(|| {
        let drive = held(&DRIVE);
        drive.clone().expect("there is a drive")
    })
}
