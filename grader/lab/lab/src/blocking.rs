//! `spawn_blocking` in lock-step: a job has a thread of its own, but only one thread of a drive
//! runs at a time, so its order is the schedule's. A blocking sleep in a job is virtual time that
//! the job spends while others run; a job that would wait for a lock or channel gives its turn back
//! until somebody wakes it. While the executor itself waits for a lock or channel, jobs go on.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout_at};
use trace::{Owner, Place};

use crate::recorder::{self, Role, current_task, enter_task, inside};
use crate::signal_stack::SignalStack;
use crate::supervise;
use crate::swallowed::OnItsWay;
use crate::task::{Task, place_of, spawning};
use crate::turns::{Turn, Turns};

/// A job, from its spawn to its end.
struct Job {
    task: AtomicU32,
    turns: Turns,
    state: Mutex<State>,
    /// Told when it becomes ready by a wake.
    woken: Notify,
    thread: Mutex<Option<thread::JoinHandle<()>>>,
}

/// What a job does between two turns.
enum State {
    New(Box<dyn FnOnce() + Send>),
    Sleeping(Instant),
    /// On a futex, until a wake or that time.
    Waiting(Option<Instant>),
    Ready,
    Done,
}

/// The jobs that are not over, in the order of their spawning.
static JOBS: Mutex<Vec<Arc<Job>>> = Mutex::new(Vec::new());
/// Jobs that wait on a futex, by its address, in the order in which they came.
static WAITERS: Mutex<Vec<(usize, Arc<Job>)>> = Mutex::new(Vec::new());

thread_local! {
    /// The job that this thread is.
    static THIS: RefCell<Option<Arc<Job>>> = const { RefCell::new(None) };
}

/// A drive begins: jobs of the one before are never given a turn again.
pub fn reset() {
    held(&JOBS).clear();
    held(&WAITERS).clear();
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
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
            .map_err(|panic| OnItsWay::new(panic, current_task()));
        let _ = inside(|| answer.send(result));
    };
    let job = Arc::new(Job {
        task: AtomicU32::new(0),
        turns: Turns::default(),
        state: Mutex::new(State::New(Box::new(job))),
        woken: Notify::new(),
        thread: Mutex::default(),
    });
    let steps = Task::new(job.clone().step(), Owner::Submission, place_of(caller));
    job.task.store(steps.number(), Ordering::Relaxed);
    inside(|| held(&JOBS).push(job));
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

impl Job {
    fn task(&self) -> u32 {
        self.task.load(Ordering::Relaxed)
    }

    /// Steps the job to its end, a turn at a time, but for the turns that it got meanwhile.
    async fn step(self: Arc<Self>) {
        loop {
            match self.due() {
                Due::Now => self.turn(),
                Due::Asleep(until) => sleep_until(until).await,
                Due::Woken(None) => self.woken.notified().await,
                Due::Woken(Some(until)) => {
                    let _ = timeout_at(until, self.woken.notified()).await;
                }
                Due::Never => break,
            }
        }
    }

    fn due(&self) -> Due {
        let now = Instant::now();
        match *held(&self.state) {
            State::New(_) | State::Ready => Due::Now,
            State::Sleeping(until) | State::Waiting(Some(until)) if until <= now => Due::Now,
            State::Sleeping(until) => Due::Asleep(until),
            State::Waiting(until) => Due::Woken(until),
            State::Done => Due::Never,
        }
    }

    /// Gives the job its turn, and notes what it does until the next.
    fn turn(self: &Arc<Self>) {
        // What the job reads from a clock is the time at which it was given its turn.
        recorder::look_at_the_clock();
        inside(|| {
            let before = std::mem::replace(&mut *held(&self.state), State::Ready);
            if let State::New(job) = before {
                self.clone().begin(job);
            }
            let turn = self.turns.step(self.task());
            let now = Instant::now();
            *held(&self.state) = match turn {
                Turn::Sleep(length) => State::Sleeping(now + length),
                Turn::Wait(limit) => State::Waiting(limit.map(|limit| now + limit)),
                Turn::Done => {
                    held(&JOBS).retain(|other| !Arc::ptr_eq(other, self));
                    let thread = held(&self.thread).take();
                    let _ = thread.map(thread::JoinHandle::join);
                    State::Done
                }
            };
        });
    }

    fn begin(self: Arc<Self>, job: Box<dyn FnOnce() + Send>) {
        // As on tokio's own blocking threads, the runtime can be reached from a job.
        let runtime = Handle::current();
        let this = self.clone();
        let main = move || {
            let _room = SignalStack::new();
            recorder::set_role(Role::Job);
            inside(|| {
                self.turns.take();
                THIS.set(Some(self.clone()));
            });
            let entered = runtime.enter();
            job();
            recorder::set_role(Role::Outside);
            drop(entered);
            self.turns.give_back(Turn::Done);
        };
        let thread = thread::Builder::new().spawn(main);
        *held(&this.thread) = Some(thread.expect("the system has room for one thread"));
    }
}

/// When a job can have its next turn.
enum Due {
    Now,
    Asleep(Instant),
    Woken(Option<Instant>),
    Never,
}

/// A blocking sleep in a job: its turn goes back until `length` of virtual time has passed.
pub fn sleep(length: Duration) {
    inside(|| give_back(Turn::Sleep(length)));
}

/// A job's wait on the futex at `address`, for at most `limit` of virtual time; whether it was woken.
pub fn wait(address: usize, limit: Option<Duration>) -> bool {
    inside(|| {
        let Some(this) = THIS.with_borrow(Clone::clone) else {
            return true;
        };
        held(&WAITERS).push((address, this.clone()));
        give_back(Turn::Wait(limit));
        // Still listed: the time ran out.
        let mut waiters = held(&WAITERS);
        let listed = waiters
            .iter()
            .position(|(_, other)| Arc::ptr_eq(other, &this));
        listed.map(|at| waiters.remove(at)).is_none()
    })
}

/// Wakes up to `count` jobs that wait on the futex at `address`; how many there were.
pub fn wake(address: usize, count: usize) -> usize {
    inside(|| {
        let mut waiters = held(&WAITERS);
        let mut woken = 0;
        while woken < count
            && let Some(at) = waiters.iter().position(|(other, _)| *other == address)
        {
            let (_, job) = waiters.remove(at);
            *held(&job.state) = State::Ready;
            job.woken.notify_one();
            woken += 1;
        }
        woken
    })
}

/// Gives a job's turn back, and takes it again.
fn give_back(why: Turn) {
    THIS.with_borrow(|this| {
        if let Some(this) = this {
            this.turns.give_back(why);
            this.turns.take();
        }
    });
}

/// The executor waits, for at most `limit` of virtual time: jobs have their turns, and `advance` moves the
/// clock to the next of them, until `is_over`. False when no job can make it so in time.
pub fn meanwhile(
    limit: Option<Duration>,
    advance: impl Fn(Duration),
    is_over: impl Fn() -> bool,
) -> bool {
    let until = limit.map_or_else(supervise::limit, |limit| Instant::now() + limit);
    while !is_over() {
        let Some((due, job)) = next_job().filter(|(due, _)| *due <= until) else {
            return false;
        };
        let wait = due.saturating_duration_since(Instant::now());
        if !wait.is_zero() {
            // tokio's timers fire at whole milliseconds, not before they are due.
            advance(Duration::from_millis(
                u64::try_from(wait.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX),
            ));
        }
        let before = enter_task(job.task());
        if supervise::count_poll(job.task()) {
            supervise::livelock(Place::Unknown);
        }
        job.turn();
        enter_task(before);
    }
    true
}

/// The job whose turn comes first of those that have one to come, and when.
fn next_job() -> Option<(Instant, Arc<Job>)> {
    let due = |job: &Arc<Job>| match job.due() {
        Due::Now => Some(Instant::now()),
        Due::Asleep(until) | Due::Woken(Some(until)) => Some(until),
        Due::Woken(None) | Due::Never => None,
    };
    inside(|| {
        held(&JOBS)
            .iter()
            .filter_map(|job| Some((due(job)?, job.clone())))
            .min_by_key(|(due, _)| *due)
    })
}
