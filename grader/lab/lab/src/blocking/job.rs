//! A job: what it is between two turns, and how it gets one.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::{held, line, waits};
use crate::recorder::{self, Role, inside};
use crate::runtime::{Hook, Pool, Threads};
use crate::signal_stack::SignalStack;
use crate::turns::{Turn, Turns};

/// A job, from its spawn to its end.
pub struct Job {
    /// 0 where it has no number of its own.
    pub task: AtomicU32,
    /// Of the runtime that it belongs to; none for the drive's own.
    pub pool: Option<Arc<Pool>>,
    /// Whether it is one of so many that its runtime may have at a time.
    is_counted: bool,
    pub turns: Turns,
    pub state: Mutex<State>,
    /// Told when it becomes ready by a wake.
    pub woken: Notify,
    thread: Mutex<Option<thread::JoinHandle<()>>>,
    /// The task that gives its answer on; none for a thread of a runtime's own, and for the driver's.
    pub answers: Mutex<Option<AbortHandle>>,
}

/// What a job does between two turns.
pub enum State {
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
pub type Main = Box<dyn FnOnce() + Send>;

/// The jobs that are not over, in the order of their spawning.
static JOBS: Mutex<Vec<Arc<Job>>> = Mutex::new(Vec::new());

pub fn reset() {
    held(&JOBS).clear();
}

/// The jobs that are not over, in the order of their spawning.
pub fn all() -> MutexGuard<'static, Vec<Arc<Job>>> {
    held(&JOBS)
}

impl Job {
    /// A job, which is one of so many that its runtime may have at a time if it `is_counted`.
    pub fn new(
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

    pub fn task(&self) -> u32 {
        self.task.load(Ordering::Relaxed)
    }

    /// Steps the job to its end, a turn at a time, but for the turns that it got meanwhile.
    pub async fn step(self: Arc<Self>) {
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

    pub fn due(&self) -> Due {
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
    pub fn turn(self: &Arc<Self>) {
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
                        line::pass_on(pool);
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
                waits::is(&self);
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
pub enum Due {
    Now,
    Yielding,
    Asleep(Instant),
    Woken(Option<Instant>),
    Never,
}
