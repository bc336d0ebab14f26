//! Threads in lock-step, those of `spawn_blocking` and of the submission's own runtimes: a job has a thread
//! of its own, but only one thread of a drive runs at a time, so its order is the schedule's. A blocking
//! sleep in a job is virtual time that the job spends while others run; a job that would wait for a lock or
//! channel gives its turn back until somebody wakes it. While the executor itself waits for a lock or
//! channel, jobs go on.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot};
use tokio::task::{AbortHandle, JoinHandle};
use tokio::time::{Instant, sleep_until, timeout_at};
use trace::{Owner, Place};

use crate::recorder::{self, Role, current_task, enter_task, inside};
use crate::runtime::{self, Hook, Pool, Threads};
use crate::signal_stack::SignalStack;
use crate::stuck::Futex;
use crate::supervise;
use crate::swallowed::OnItsWay;
use crate::task::{Task, place_of, spawning};
use crate::turns::{Blocked, Turn, Turns};

/// A job, from its spawn to its end.
struct Job {
    /// 0 where it has no number of its own.
    task: AtomicU32,
    /// Of the runtime that it belongs to; none for the drive's own.
    pool: Option<Arc<Pool>>,
    /// Whether it is one of so many that its runtime may have at a time.
    is_counted: bool,
    turns: Turns,
    state: Mutex<State>,
    /// Told when it becomes ready by a wake.
    woken: Notify,
    thread: Mutex<Option<thread::JoinHandle<()>>>,
    /// The task that gives its answer on; none for a thread of a runtime's own, and for the driver's.
    answers: Mutex<Option<AbortHandle>>,
}

/// What a job does between two turns.
enum State {
    /// Its runtime has no thread for it.
    Queued(Main),
    New(Main),
    /// It lets others go first.
    Yielding,
    Sleeping(Instant),
    /// On a futex, until a wake or that time.
    Waiting(Option<Instant>),
    Ready,
    Done,
}

/// What a job's thread runs.
type Main = Box<dyn FnOnce() + Send>;

/// The drive's own runtime, which steps every job.
static DRIVE: Mutex<Option<Handle>> = Mutex::new(None);
/// The jobs that are not over, in the order of their spawning.
static JOBS: Mutex<Vec<Arc<Job>>> = Mutex::new(Vec::new());
/// Jobs that wait on a futex, by its address, in the order in which they came.
static WAITERS: Mutex<Vec<(usize, Arc<Job>)>> = Mutex::new(Vec::new());

thread_local! {
    /// The job that this thread is.
    static THIS: RefCell<Option<Arc<Job>>> = const { RefCell::new(None) };
}

/// A drive begins, in this runtime: jobs of the one before are never given a turn again.
pub fn reset(drive: &Handle) {
    *held(&DRIVE) = Some(drive.clone());
    held(&JOBS).clear();
    held(&WAITERS).clear();
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

/// A job of this runtime is over: its thread is for the one that has waited longest, if somebody still
/// wants that.
fn pass_on(pool: &Arc<Pool>) {
    while let Some(job) = queued(pool) {
        if job.is_aborted() {
            job.is_dropped();
        } else {
            return job.has_a_thread(pool);
        }
    }
    pool.has_room();
}

/// This runtime ends: what waits for a thread of it never runs.
pub fn drop_queued(pool: &Arc<Pool>) {
    inside(|| {
        while let Some(job) = queued(pool) {
            if let Some(answers) = &*held(&job.answers) {
                answers.abort();
            }
            job.is_dropped();
        }
    });
}

/// The job that has waited longest for a thread of this runtime.
fn queued(pool: &Arc<Pool>) -> Option<Arc<Job>> {
    let jobs = held(&JOBS);
    let mut theirs = jobs
        .iter()
        .filter(|job| job.pool.as_ref().is_some_and(|own| Arc::ptr_eq(own, pool)));
    theirs
        .find(|job| matches!(*held(&job.state), State::Queued(_)))
        .cloned()
}

fn drive() -> Handle {
    inside(|| {
        let drive = held(&DRIVE);
        drive.clone().expect("there is a drive")
    })
}

impl Job {
    /// A job, which is one of so many that its runtime may have at a time if it `is_counted`.
    fn new(
        pool: Option<Arc<Pool>>,
        is_counted: bool,
        main: impl FnOnce() + Send + 'static,
    ) -> Arc<Self> {
        inside(|| {
            let main: Main = Box::new(main);
            let state = match &pool {
                Some(pool) if is_counted && !pool.takes_room() => State::Queued(main),
                Some(pool) => {
                    pool.begins();
                    State::New(main)
                }
                None => State::New(main),
            };
            let job = Arc::new(Self {
                task: AtomicU32::new(0),
                pool,
                is_counted,
                turns: Turns::default(),
                state: Mutex::new(state),
                woken: Notify::new(),
                thread: Mutex::default(),
                answers: Mutex::default(),
            });
            held(&JOBS).push(job.clone());
            job
        })
    }

    fn task(&self) -> u32 {
        self.task.load(Ordering::Relaxed)
    }

    /// Whether its handle was aborted before it had a thread.
    fn is_aborted(&self) -> bool {
        held(&self.answers)
            .as_ref()
            .is_some_and(AbortHandle::is_finished)
    }

    /// It leaves the queue for a thread.
    fn has_a_thread(&self, pool: &Pool) {
        pool.begins();
        let mut state = held(&self.state);
        *state = match std::mem::replace(&mut *state, State::Done) {
            State::Queued(main) => State::New(main),
            other => other,
        };
        drop(state);
        self.woken.notify_one();
    }

    /// It leaves the queue for good.
    fn is_dropped(self: &Arc<Self>) {
        held(&JOBS).retain(|other| !Arc::ptr_eq(other, self));
        let main = std::mem::replace(&mut *held(&self.state), State::Done);
        self.woken.notify_one();
        drop(main);
    }

    /// Steps the job to its end, a turn at a time, but for the turns that it got meanwhile.
    async fn step(self: Arc<Self>) {
        loop {
            match self.due() {
                Due::Now => self.turn(),
                Due::Yielding => {
                    tokio::task::yield_now().await;
                    self.turn();
                }
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
            State::Yielding => Due::Yielding,
            State::Queued(_) => Due::Woken(None),
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
                Turn::Yield => State::Yielding,
                Turn::Sleep(length) => State::Sleeping(now + length),
                Turn::Wait(limit) => State::Waiting(limit.map(|limit| now + limit)),
                Turn::Told(_) => unreachable!("it was given a turn"),
                Turn::Done => {
                    held(&JOBS).retain(|other| !Arc::ptr_eq(other, self));
                    let thread = held(&self.thread).take();
                    let _ = thread.map(thread::JoinHandle::join);
                    if let Some(pool) = self.pool.as_ref().filter(|_| self.is_counted) {
                        pass_on(pool);
                    }
                    State::Done
                }
            };
        });
    }

    fn begin(self: Arc<Self>, job: Main) {
        let this = self.clone();
        let threads = self.pool.as_ref().map(|pool| pool.threads.clone());
        let builder = threads.as_ref().map_or_else(thread::Builder::new, named);
        let main = move || {
            let _room = SignalStack::new();
            recorder::set_role(Role::Job);
            inside(|| {
                self.turns.take();
                THIS.set(Some(self.clone()));
            });
            let hook = |hook: fn(&Threads) -> &Option<Hook>| {
                if let Some(hook) = threads.as_ref().and_then(|threads| hook(threads).as_ref()) {
                    hook();
                }
            };
            hook(|threads| &threads.on_start);
            job();
            hook(|threads| &threads.on_stop);
            if let Some(pool) = &self.pool {
                pool.ends();
            }
            recorder::set_role(Role::Outside);
            self.turns.give_back(Turn::Done);
        };
        let thread = builder.spawn(main);
        *held(&this.thread) = Some(thread.expect("the system has room for one thread"));
    }
}

fn named(threads: &Threads) -> thread::Builder {
    let builder = thread::Builder::new().name((threads.name)());
    match threads.stack_size {
        Some(bytes) => builder.stack_size(bytes),
        None => builder,
    }
}

/// When a job can have its next turn.
enum Due {
    Now,
    Yielding,
    Asleep(Instant),
    Woken(Option<Instant>),
    Never,
}

/// A blocking sleep in a job: its turn goes back until `length` of virtual time has passed.
pub fn sleep(length: Duration) {
    inside(|| give_back(Turn::Sleep(length)));
}

/// The job lets everybody go first who could.
pub fn yield_turn() {
    inside(|| give_back(Turn::Yield));
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

/// The jobs that wait on a futex for good, in the order in which they came: the futex, and what that is.
pub fn blocked() -> Vec<(Futex, Blocked)> {
    inside(|| {
        let waiters = held(&WAITERS).clone();
        let for_good = waiters
            .iter()
            .filter(|(_, job)| matches!(*held(&job.state), State::Waiting(None)));
        let asked = for_good.filter_map(|(address, job)| {
            let mut blocked = job.turns.ask()?;
            // A worker has no number.
            blocked.task = Some(job.task()).filter(|task| *task > 0);
            Some((Futex::now(*address), blocked))
        });
        asked.collect()
    })
}

/// Gives a job's turn back, and takes it again, to go on with the task that it was at.
fn give_back(why: Turn) {
    THIS.with_borrow(|this| {
        if let Some(this) = this {
            let task = current_task();
            this.turns.give_back(why);
            this.turns.take();
            enter_task(task);
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
        Due::Now | Due::Yielding => Some(Instant::now()),
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
